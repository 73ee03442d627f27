using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace HaLong.ServiceDefaults;

/// <summary>Who is calling: the person or client behind the token.</summary>
public sealed class Caller
{
    private Caller(ClaimsPrincipal user)
    {
        Subject = user.FindFirstValue("sub") ?? "";
        AccountId = Guid.TryParse(Subject, out var id) ? id : Guid.Empty;
        DisplayName = user.FindFirstValue("name") ?? "";
        Unit = user.FindFirstValue("unit");
        Channel = user.FindFirstValue("channel") ?? "online";
        ClientId = user.FindFirstValue("client_id") ?? "";
        Roles = user.FindAll("role").Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
        Check = user.FindFirstValue("check");
    }

    /// <summary>For dependency injection: the caller of the current request.</summary>
    public Caller(IHttpContextAccessor accessor) : this(accessor.HttpContext?.User ?? new ClaimsPrincipal())
    {
    }

    /// <summary>The caller of a principal.</summary>
    public static Caller From(ClaimsPrincipal user) => new(user);

    /// <summary>Claim sub: account id of a person, client id of a client.</summary>
    public string Subject { get; }

    /// <summary>The account; <see cref="Guid.Empty"/> for clients.</summary>
    public Guid AccountId { get; }

    /// <summary>Name to show.</summary>
    public string DisplayName { get; }

    /// <summary>Administrative unit of an official or helper.</summary>
    public string? Unit { get; }

    /// <summary>online, counter, assisted or system.</summary>
    public string Channel { get; }

    /// <summary>The OAuth client.</summary>
    public string ClientId { get; }

    /// <summary>Roles in the token.</summary>
    public IReadOnlySet<string> Roles { get; }

    /// <summary>Last four digits of the owner's personal number, for public tracking; null unless a citizen.</summary>
    public string? Check { get; }

    /// <summary>True when the token has the role.</summary>
    public bool IsInRole(string role) => Roles.Contains(role);
}
