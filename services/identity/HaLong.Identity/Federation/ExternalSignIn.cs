using HaLong.Identity.Domain;
using HaLong.Identity.Factors;
using HaLong.Identity.Persistence;
using HaLong.Identity.Sessions;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Authentication;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Federation;

/// <summary>Sends people to a provider and takes them in when they come back.</summary>
internal sealed partial class ExternalSignIn(
    IdentityDbContext db, ExternalAccounts accounts, PageOwners owners, SignInFlow flow, SignInLog log, ILogger<ExternalSignIn> logger)
{
    private const string ReturnUrl = "returnUrl";
    private const string LinkTo = "linkTo";
    private const string Culture = "culture";

    /// <summary>Off to the provider.</summary>
    /// <param name="http">The request.</param>
    /// <param name="provider">Where to.</param>
    /// <param name="returnUrl">Where to go afterwards.</param>
    /// <param name="linkTo">The account to link; null for a sign-in.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<IResult> StartAsync(HttpContext http, Provider provider, string returnUrl, Guid? linkTo, CancellationToken ct)
    {
        var properties = new AuthenticationProperties(new Dictionary<string, string?> { [ReturnUrl] = returnUrl, [LinkTo] = linkTo?.ToString(), [Culture] = Page.Language });
        // Who is signed in here and comes again is asked to show who they are, there as well.
        if (await owners.FindAsync(http, ct) is not null)
            properties.SetParameter("prompt", "login");
        try
        {
            await http.ChallengeAsync(provider.Scheme, properties);
            return TypedResults.Empty;
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // Nothing is sent yet: the provider's discovery document could not be read.
            LogUnreachable(logger, provider.Name, e.GetType().Name);
            await RecordRefusalAsync(ct);
            return ToFailure(properties, provider.Name, IdentityErrors.ProviderUnavailable);
        }
    }

    /// <summary>Back from the provider, which has identified the person.</summary>
    public async Task<IResult> CompleteAsync(HttpContext http, FederatedPerson person, AuthenticationProperties? properties, CancellationToken ct)
    {
        var returnUrl = Item(properties, ReturnUrl) ?? "/";
        if (Guid.TryParse(Item(properties, LinkTo), out var linkTo))
            return await LinkAsync(http, person, linkTo, returnUrl, properties, ct);

        var found = await accounts.SignInAsync(person, ct);
        if (!found.IsSuccess)
            return Refused(person, properties, found.Error);
        // A provider's word counts as one factor: it does not say how many it has seen.
        return await flow.ContinueAsync(http, found.Value, new SignInProof(["fed"], Caller.BasicAcr, person.Assurance), returnUrl, ct);
    }

    public static IResult ToFailure(AuthenticationProperties? properties, string provider, Error error)
    {
        var query = QueryString.Create("provider", provider).Add("code", error.Code);
        if (Item(properties, ReturnUrl) is { } returnUrl)
            query = query.Add("returnUrl", returnUrl);
        if (Item(properties, Culture) is { } culture)
            query = query.Add("culture", culture);
        return TypedResults.LocalRedirect(FederationEndpoints.FailedPath + query);
    }

    public Task RecordRefusalAsync(CancellationToken ct)
    {
        log.Add(StepOutcome.FederationRefused, null);
        return db.SaveChangesAsync(ct);
    }

    private async Task<IResult> LinkAsync(
        HttpContext http, FederatedPerson person, Guid linkTo, string returnUrl, AuthenticationProperties? properties, CancellationToken ct)
    {
        // Whoever began is still the one who is signed in.
        if (await owners.FindAsync(http, ct) is not { } owner || owner.Account.Id != linkTo)
            return Refused(person, properties, IdentityErrors.ProviderRefused);
        var linked = await accounts.LinkAsync(person, linkTo, ct);
        return linked.IsSuccess ? TypedResults.LocalRedirect(returnUrl) : Refused(person, properties, linked.Error);
    }

    private static string? Item(AuthenticationProperties? properties, string name) =>
        properties is not null && properties.Items.TryGetValue(name, out var value) ? value : null;

    private IResult Refused(FederatedPerson person, AuthenticationProperties? properties, Error error)
    {
        LogRefused(logger, person.Provider.Name, error.Code);
        return ToFailure(properties, person.Provider.Name, error);
    }

    [LoggerMessage(211, LogLevel.Warning, "Identity provider {Provider} could not be reached ({Reason})")]
    private static partial void LogUnreachable(ILogger logger, string provider, string reason);

    [LoggerMessage(212, LogLevel.Information, "A person of {Provider} was refused with {Code}")]
    private static partial void LogRefused(ILogger logger, string provider, string code);
}
