using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Session;
using Microsoft.AspNetCore.Mvc;

namespace HaLong.Portal.Account;

/// <summary>Who is signed in.</summary>
/// <param name="PersonalNumber">Masked.</param>
/// <param name="Assurance">1 self-registered, 2 verified.</param>
public sealed record Me(string Kind, string UserName, string DisplayName, string? PersonalNumber, int Assurance, DateOnly? BirthDate, string? Sex)
{
    /// <summary>Whether there are dossiers of one's own; officials and helpers have none.</summary>
    public bool Applies => Kind is "citizen" or "organisation";

    /// <summary>What was verified is changed by a request to correct it.</summary>
    public bool CanRename => Kind == "citizen" && Assurance < 2;
}

/// <summary>The account, and how many delegations wait for an answer.</summary>
public sealed record AccountModel(Me Me, int Offers);

/// <summary>The profile as it is or was typed.</summary>
public sealed record ProfileModel(Me Me, string? Version, Trouble? Trouble);

/// <summary><c>/me</c>: the account. Its ways in (password, passkeys, authenticator) are pages of the sign-in itself, below <c>/account</c>.</summary>
internal static class AccountPages
{
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/me").RequireAuthorization(SessionSetup.SignedIn);
        group.MapGet("", ShowAsync);
        group.MapGet("/profile", (ApiClient api, HttpContext context, CancellationToken ct) => ProfileAsync(null, null, StatusCodes.Status200OK, api, context, ct));
        group.MapPost("/profile", SaveAsync);
        ContactPages.Map(group);
        PreferencePages.Map(group);
        DelegationPages.Map(group);
        SessionListPages.Map(group);
        AccessPages.Map(group);
        HelpPages.Map(group);
        ConsentPages.Map(group);
        DataPages.Map(group);
        ClosurePages.Map(group);
    }

    private static async Task<IResult> ShowAsync(ApiClient api, HttpContext context, CancellationToken ct)
    {
        var offers = api.GetAsync<Listed<Delegation>>("me/delegations?side=received&state=offered&limit=20", ct);
        var me = await api.GetAsync<Me>("me", ct);
        return Instead.Of(me, context) ?? Pages.Of<ShowAccount>(new AccountModel(me.Value!, (await offers).Value?.Items.Count ?? 0));
    }

    private static async Task<IResult> ProfileAsync(Func<Me, Me>? typed, Trouble? trouble, int status, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var me = await api.GetAsync<Me>("me", ct);
        return Instead.Of(me, context, "/me/profile") ?? Pages.Of<Profile>(new ProfileModel(typed?.Invoke(me.Value!) ?? me.Value!, me.Version, trouble), status);
    }

    private static async Task<IResult> SaveAsync(
        [FromForm] string? displayName, [FromForm] string? birthDate, [FromForm] string? sex, [FromForm] string? version, ApiClient api, HttpContext context, CancellationToken ct)
    {
        var patch = new Dictionary<string, object?> { ["sex"] = sex is { Length: > 0 } ? sex : null };
        // Fields that the page did not offer are not in the form.
        if (displayName is not null)
            patch["displayName"] = displayName;
        if (birthDate is { Length: > 0 })
            patch["birthDate"] = birthDate;
        var saved = await api.PatchAsync<Me>("me", patch, version, ct);
        return Otherwise.SignIn(saved, context, "/me/profile") ?? (saved.IsSuccess ? Pages.Go("/me") : await ProfileAsync(Typed, saved.Trouble, (int)saved.Status, api, context, ct));

        Me Typed(Me me) => me with
        {
            DisplayName = displayName ?? me.DisplayName,
            BirthDate = DateOnly.TryParse(birthDate, System.Globalization.CultureInfo.InvariantCulture, out var day) ? day : me.BirthDate,
            Sex = sex,
        };
    }
}
