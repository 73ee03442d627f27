using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HaLong.ServiceDefaults;

/// <summary>Authorisation policies; every endpoint names one or says that it is open to anyone.</summary>
public static class Policies
{
    /// <summary>Any person with scope halong.api, for himself or as legal representative of an organisation.</summary>
    public const string SignedIn = nameof(SignedIn);

    /// <summary>Any person, also a delegate or helper who acts for somebody else: the endpoint must ask the authoriser what that one may do.</summary>
    public const string Acting = nameof(Acting);

    /// <summary>Citizen or organisation.</summary>
    public const string Citizen = nameof(Citizen);

    /// <summary>Helper.</summary>
    public const string Helper = nameof(Helper);

    /// <summary>Citizen or organisation, also through a delegate or helper who acts for them: the endpoint must ask the authoriser.</summary>
    public const string Applicant = nameof(Applicant);

    /// <summary>Who works on drafts: applicants as above, and reception for somebody at the counter.</summary>
    public const string Filing = nameof(Filing);

    /// <summary>Any official.</summary>
    public const string Staff = nameof(Staff);

    /// <summary>Reception officer.</summary>
    public const string Reception = nameof(Reception);

    /// <summary>Case officer.</summary>
    public const string Officer = nameof(Officer);

    /// <summary>Approver.</summary>
    public const string Approver = nameof(Approver);

    /// <summary>Cashier.</summary>
    public const string Cashier = nameof(Cashier);

    /// <summary>Chief of the one-stop unit.</summary>
    public const string Chief = nameof(Chief);

    /// <summary>Leader.</summary>
    public const string Leader = nameof(Leader);

    /// <summary>Auditor.</summary>
    public const string Auditor = nameof(Auditor);

    /// <summary>Administrator.</summary>
    public const string Administrator = nameof(Administrator);

    /// <summary>Partner system: scope halong.events.</summary>
    public const string Partner = nameof(Partner);

    /// <summary>A service of this platform: scope halong.internal.</summary>
    public const string Internal = nameof(Internal);

    /// <summary>Names of all scopes.</summary>
    public const string ApiScope = "halong.api", EventsScope = "halong.events", InternalScope = "halong.internal";

    internal static void AddTo(AuthorizationBuilder builder)
    {
        builder.AddPolicy(SignedIn, p => Person(p));
        builder.AddPolicy(Citizen, p => Person(p, Roles.Citizen, Roles.Organisation));
        builder.AddPolicy(Acting, p => Anybody(p));
        builder.AddPolicy(Applicant, p => Anybody(p, Roles.Citizen, Roles.Organisation));
        builder.AddPolicy(Filing, p => Anybody(p, Roles.Citizen, Roles.Organisation, Roles.Reception));
        builder.AddPolicy(Staff, p => Person(p, [.. Roles.OfOfficials]));
        builder.AddPolicy(Helper, p => Person(p, Roles.Helper));
        builder.AddPolicy(Reception, p => Person(p, Roles.Reception));
        builder.AddPolicy(Officer, p => Person(p, Roles.Officer));
        builder.AddPolicy(Approver, p => Person(p, Roles.Approver));
        builder.AddPolicy(Cashier, p => Person(p, Roles.Cashier));
        builder.AddPolicy(Chief, p => Person(p, Roles.Chief));
        builder.AddPolicy(Leader, p => Person(p, Roles.Leader));
        builder.AddPolicy(Auditor, p => Person(p, Roles.Auditor));
        builder.AddPolicy(Administrator, p => Person(p, Roles.Administrator));
        builder.AddPolicy(Partner, p => Scope(p.RequireAuthenticatedUser(), EventsScope));
        builder.AddPolicy(Internal, p => Scope(p.RequireAuthenticatedUser(), InternalScope));

        // A route that carries no policy of its own is closed, not open. What is no route of ours is the framework's own answer
        // to an unknown path (404), a wrong method (405) or content type (415) and must get through.
        builder.SetFallbackPolicy(new AuthorizationPolicyBuilder()
            .RequireAssertion(c => c.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
            .Build());
    }

    /// <summary>True when the space-separated scope claim holds the scope.</summary>
    public static bool HasScope(this System.Security.Claims.ClaimsPrincipal user, string scope) =>
        user.FindAll("scope").Any(c => c.Value.Split(' ').Contains(scope, StringComparer.Ordinal));

    // What nobody has thought of as open to delegates and helpers is closed to them: they hold tokens in other people's names.
    private static void Person(AuthorizationPolicyBuilder policy, params string[] roles) =>
        Anybody(policy.RequireAssertion(c => IsInOwnName(Caller.From(c.User))), roles);

    private static bool IsInOwnName(Caller caller) =>
        !caller.ActsWithinLimits && (!caller.ActsForAnother || caller.IsInRole(Roles.Organisation));

    private static void Anybody(AuthorizationPolicyBuilder policy, params string[] roles)
    {
        Scope(policy.RequireAuthenticatedUser(), ApiScope);
        if (roles.Length > 0)
        {
            policy.RequireRole(roles);
        }
    }

    private static void Scope(AuthorizationPolicyBuilder policy, string scope) => policy.RequireAssertion(c => c.User.HasScope(scope));
}
