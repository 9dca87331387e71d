"""Start redmine-mcp-server as its users do, call its CRM tools over MCP, print what came back."""

import asyncio
import json
import os
import sys

from fastmcp import Client
from fastmcp.client.transports import StdioTransport

base_url, key = sys.argv[1:3]
transport = StdioTransport(
    command=os.path.join(os.path.dirname(sys.executable), "redmine-mcp-server"),
    args=[],
    env={
        **os.environ,
        "REDMINE_URL": base_url,
        "REDMINE_API_KEY": key,
        "REDMINE_AUTH_MODE": "legacy",
        "REDMINE_MCP_TRANSPORT": "stdio",
        "REDMINE_CRM_ENABLED": "true",
        "REDMINE_DEALS_ENABLED": "true",
        "REDMINE_CRM_EDITION": "pro",
    },
)


def value_of(result):
    """Return what a tool answered."""
    data = result.structured_content or {}
    return data.get("result", data)


async def main():
    """Call the tools one after the other."""
    seen = {}
    async with Client(transport) as client:

        async def call(tool, **arguments):
            return value_of(await client.call_tool(tool, arguments))

        made = await call(
            "manage_contact",
            action="create",
            project_id="demo",
            first_name="Mina",
            last_name="Protocol",
            email="mina@example.com",
            phone="+1 333,+1 444",
            fields={
                "tag_list": "mcp",
                "address_attributes": {"city": "Riga", "country_code": "LV"},
            },
        )
        seen["created"] = made
        pk = made["id"]
        await call("manage_contact", action="update", contact_id=pk, fields={"job_title": "Agent"})
        seen["read"] = await call(
            "manage_contact", action="get", contact_id=pk, include="notes,deals"
        )
        seen["listed"] = await call(
            "manage_contact",
            action="list",
            tags="mcp",
            is_company=False,
            include_pagination_info=True,
        )
        seen["companies"] = await call("manage_contact", action="list", tags="mcp", is_company=True)
        seen["tags"] = [each["name"] for each in await call("list_contact_tags")]
        note = await call(
            "manage_crm_note",
            action="create",
            source_type="contact",
            source_id=pk,
            content="Hi",
            project_id="demo",
        )
        seen["note"] = note
        deal = await call(
            "manage_deal",
            action="create",
            project_id="demo",
            name="MCP deal",
            contact_id=pk,
            price=99.5,
        )
        seen["deal"] = deal
        seen["queries"] = await call("list_crm_queries", object_type="contact")
        seen["deleted"] = await call("manage_contact", action="delete", contact_id=pk)
    print(json.dumps(seen))


asyncio.run(main())
