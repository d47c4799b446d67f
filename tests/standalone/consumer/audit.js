// Another program, in plain JavaScript, that is evaluated by the published rules: three lines of a test.
const s3 = require("@pulumi/aws/s3");
const { auditProgram, formatReport } = require("payment-stack/policy");

void auditProgram(() => new s3.Bucket("receipts", { acl: "public-read" })).then((report) => {
  console.log(formatReport(report));
});
