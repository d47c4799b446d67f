import "./bundle-first";
import { program } from "../lib/program";

// Pulumi calls what the entry exports and takes its result as the stack's outputs
export = program;
