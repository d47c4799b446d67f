import { testsOf } from "../tests-of";

testsOf("policy/rules");
