using HaLong.Portal.Api;
using HaLong.Portal.Design;

namespace HaLong.Portal.Account;

/// <summary>Somebody looked at data of the visitor.</summary>
/// <param name="What">Code of what was shown.</param>
/// <param name="Note">The reason in words, where one was asked for.</param>
public sealed record Access(DateTimeOffset At, AccessActor Actor, string What, string WhatName, Guid? ObjectId, string PurposeName, string? Note);

public sealed record AccessActor(string? Name, string Role, string? UnitName);

/// <summary><c>/me/access-log</c>: who looked at the visitor's data, when and why.</summary>
internal static class AccessPages
{
    private const int PageSize = 50;

    public static void Map(RouteGroupBuilder group) => group.MapGet("/access-log", async (string? after, ApiClient api, HttpContext context, CancellationToken ct) =>
    {
        var page = await api.GetAsync<Listed<Access>>(Query.Of("me/access-log", ("limit", $"{PageSize}"), ("after", after)), ct);
        return Instead.Of(page, context) ?? Pages.Of<AccessLog>(page.Value);
    });
}
