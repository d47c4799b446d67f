// what the deployment sets; imported before the function, which reads it as it starts
import "../../function-environment";

Object.assign(process.env, {
  AUTHORIZATION: "AWS_IAM",
  DB_USER: "payment_api",
  ALLOWED_ORIGINS: "https://a.example,https://b.example",
});
