// what is printed is the same wherever the tests run: jest enables colours on a terminal, CI runners everywhere
delete process.env.FORCE_COLOR;
process.env.NO_COLOR = "1";
