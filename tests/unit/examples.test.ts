// one file for all: loading the package is most of the time
import "./examples/readmes";
import "./examples/one-component";
import "./examples/preview-environment";
import "./examples/existing-vpc";
import "./examples/public-domain";
