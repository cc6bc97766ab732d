"""MiniStack 1.5.33 with what it lacks of AWS and the stack needs, so that the stack is deployed as it is.

What MiniStack learns should leave this file; with a newer version in requirements.txt, try it without each part.
"""

from json import loads
from re import findall
from urllib.parse import parse_qs

from ministack.app import main
from ministack.core import iam_actions
from ministack.services import apigateway, cognito, lambda_svc
from ministack.services.cloudformation import provisioners


# Behind TLS, the JWT authorizer still asks for Cognito's keys in plain HTTP.
jwks_url = apigateway._resolve_jwks_url


async def jwks_url_over_tls(authorizer):
    url = await jwks_url(authorizer)
    return url and url.replace("http://localhost:", "https://localhost:")


apigateway._resolve_jwks_url = jwks_url_over_tls


# Events of HTTP APIs: where a route has no path parameters, AWS leaves them out instead of saying null.
execute = lambda_svc._execute_function_with_config_scope


def execute_without_nulls(function, event, *rest, **more):
    if isinstance(event, dict) and event.get("pathParameters", "") is None:
        event = {name: value for name, value in event.items() if name != "pathParameters"}
    return execute(function, event, *rest, **more)


lambda_svc._execute_function_with_config_scope = execute_without_nulls


# Policies: a schedule is checked as if it were in the group `default`, and a mail without its identity and sender.
resource_arn = iam_actions.extract_resource_arn
context_of = iam_actions.request_tag_context


def sender_of(body):
    return parse_qs(body.decode()).get("Source", [""])[0]


def resource_arn_as_aws(service, method, path, headers, body, query, region, account):
    arn = resource_arn(service, method, path, headers, body, query, region, account)
    if service == "scheduler" and ":schedule/default/" in arn:
        group = loads(body).get("GroupName") if body else query.get("groupName", ["default"])[0]
        return arn.replace(":schedule/default/", f":schedule/{group}/")
    if service == "ses" and arn == "*" and sender_of(body):
        return f"arn:aws:ses:{region}:{account}:identity/{sender_of(body)}"
    return arn


def context_as_aws(service, action, body, params):
    sender = {"ses:fromaddress": sender_of(body)} if action == "ses:SendRawEmail" else {}
    return {**context_of(service, action, body, params), **sender}


# The partition keys that a DynamoDB request names, for denials by `dynamodb:LeadingKeys`: those of a whole transaction
# for each of its actions, which denies most. Of a query only those of the table itself.
dynamodb_context_of = iam_actions.dynamodb_service_context


def leading_keys(data):
    values = data.get("ExpressionAttributeValues") or {}
    condition = "" if data.get("IndexName") else data.get("KeyConditionExpression") or ""
    queried = [values.get(name, {}).get("S") for name in findall(r"= *(:\w+)", condition)[:1]]
    items = [data, *data.get("TransactItems", [])]
    actions = [action for item in items for action in (item, *item.values()) if isinstance(action, dict)]
    named = [key for action in actions for key in (action.get("Key"), action.get("Item")) if isinstance(key, dict)]
    return [key for key in [*queried, *(key["pk"]["S"] for key in named if "pk" in key)] if key]


def dynamodb_context_as_aws(body):
    keys = leading_keys(loads(body or b"{}"))
    return {**dynamodb_context_of(body), **({"dynamodb:LeadingKeys": keys} if keys else {})}


iam_actions.dynamodb_service_context = dynamodb_context_as_aws


# AWS lets whoever may send one message send ten at once: there is no action of that name.
action_of = iam_actions.extract_iam_action


def action_as_aws(service, *request, **more):
    action = action_of(service, *request, **more)
    return "sqs:SendMessage" if action == "sqs:SendMessageBatch" else action


iam_actions.extract_iam_action = action_as_aws
iam_actions.extract_resource_arn = resource_arn_as_aws
iam_actions.request_tag_context = context_as_aws


# Passwords of invitations have 12 characters whatever the pool asks for; AWS's follow its policy.
temp_password = cognito._generate_temp_password
cognito._generate_temp_password = lambda: temp_password() + temp_password()


# CloudFormation: users and their groups are unknown, and an API's CORS settings keep the capitals of the template.
def must(response):
    status, _, body = response
    if status >= 400:
        raise ValueError(body.decode())


def create_user(logical_id, props, stack_name):
    must(cognito._admin_create_user(props))
    return props["Username"], {}


def add_user_to_group(logical_id, props, stack_name):
    must(cognito._admin_add_user_to_group(props))
    return f"{props['UserPoolId']}|{props['GroupName']}|{props['Username']}", {}


def leave_to_the_pool(physical_id, props):
    """Users go with their pool."""


def create_api(logical_id, props, stack_name):
    cors = props.get("CorsConfiguration", {})
    lower = {name[0].lower() + name[1:]: value for name, value in cors.items()}
    return api_handler["create"](logical_id, {**props, "CorsConfiguration": lower}, stack_name)


handlers = provisioners._RESOURCE_HANDLERS
api_handler = handlers["AWS::ApiGatewayV2::Api"]
handlers["AWS::ApiGatewayV2::Api"] = {**api_handler, "create": create_api}
handlers["AWS::Cognito::UserPoolUser"] = {"create": create_user, "delete": leave_to_the_pool}
handlers["AWS::Cognito::UserPoolUserToGroupAttachment"] = {"create": add_user_to_group, "delete": leave_to_the_pool}

main()
