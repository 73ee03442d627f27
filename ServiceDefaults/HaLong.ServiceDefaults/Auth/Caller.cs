using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
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
        Actor = ActorOf(user) ?? Subject;
        ActorId = Guid.TryParse(Actor, out var actor) ? actor : Guid.Empty;
        SessionId = Id(user, "sid");
        Delegation = Id(user, "delegation");
        AssistedSession = Id(user, "assisted_session");
        Assurance = int.TryParse(user.FindFirstValue("loa"), CultureInfo.InvariantCulture, out var level) ? level : 0;
        IsStrong = user.FindFirstValue("acr") == StrongAcr;
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

    /// <summary>Claim acr of a session that was opened with two factors or a passkey.</summary>
    public const string StrongAcr = "urn:halong:acr:strong";

    /// <summary>Claim acr of a session that was opened with one factor.</summary>
    public const string BasicAcr = "urn:halong:acr:basic";

    /// <summary>Claim act.sub: who presses the button. The subject itself unless a delegate or helper acts for it.</summary>
    public string Actor { get; }

    /// <summary>The account that presses the button; <see cref="Guid.Empty"/> for clients.</summary>
    public Guid ActorId { get; }

    /// <summary>True when somebody else acts for the subject: a delegate, a representative or a helper.</summary>
    public bool ActsForAnother => Actor != Subject;

    /// <summary>The sign-in session behind the token; null for clients.</summary>
    public Guid? SessionId { get; }

    /// <summary>The delegation that lets the actor act for the subject, if that is why.</summary>
    public Guid? Delegation { get; }

    /// <summary>The assisted session in which a helper acts for the subject, if that is why.</summary>
    public Guid? AssistedSession { get; }

    /// <summary>True for a delegate or helper, who may do only what the authoriser says; false for people themselves and for legal representatives.</summary>
    public bool ActsWithinLimits => Delegation is not null || AssistedSession is not null;

    /// <summary>Claim loa: how surely the subject is known. 1 self-registered, 2 verified, 0 for clients.</summary>
    public int Assurance { get; }

    /// <summary>True when the session was opened with two factors or a passkey.</summary>
    public bool IsStrong { get; }

    /// <summary>True when the token has the role.</summary>
    public bool IsInRole(string role) => Roles.Contains(role);

    private static Guid? Id(ClaimsPrincipal user, string claim) => Guid.TryParse(user.FindFirstValue(claim), out var id) ? id : null;

    private static string? ActorOf(ClaimsPrincipal user)
    {
        if (user.FindFirstValue("act") is not { } json)
            return null;
        try
        {
            using var act = JsonDocument.Parse(json);
            return act.RootElement.TryGetProperty("sub", out var sub) ? sub.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
