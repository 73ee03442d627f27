using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace HaLong.Portal.Session;

/// <summary>Who asks for the page: nobody known, or a person with a session.</summary>
internal sealed class Visitor(IHttpContextAccessor accessor, TokenKeeper tokens)
{
    private ClaimsPrincipal? User => accessor.HttpContext?.User;

    public bool IsSignedIn => User?.Identity?.IsAuthenticated == true;

    /// <summary>As the person is called.</summary>
    public string Name => User?.FindFirst("name")?.Value ?? "";

    /// <summary>Whether the visitor has one of the roles. Decides what is shown; what is allowed the API decides.</summary>
    public bool IsAny(params IEnumerable<string> roles) => roles.Any(Is);

    /// <summary>The official's unit; null for others.</summary>
    public string? Unit => User?.FindFirst("unit")?.Value;

    public bool Is(string role) => User?.IsInRole(role) == true;

    /// <summary>In whose name the visitor works; null in the own one alone.</summary>
    public Acting? Acting => accessor.HttpContext?.Features.Get<Acting>();

    /// <summary>What the API is asked with; null for nobody, or when the sign-in is over.</summary>
    public async Task<string?> TokenAsync(CancellationToken ct)
    {
        if (accessor.HttpContext?.Features.Get<PartnerToken>() is { } partner)
            return partner.Value;
        if (!IsSignedIn || accessor.HttpContext is not { } context)
            return null;
        if (context.Features.Get<ActingToken>() is { } acting)
            return acting.Value;
        var session = await context.AuthenticateAsync();
        return session.Ticket is { } ticket && context.Features.Get<SessionKeyFeature>()?.Key is { } key ? await tokens.FreshAsync(key, ticket, ct) : null;
    }
}
