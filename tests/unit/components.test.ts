import { testsOf } from "./tests-of";

testsOf("components");
