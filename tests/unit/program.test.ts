import { testsOf } from "./tests-of";

testsOf("program");
