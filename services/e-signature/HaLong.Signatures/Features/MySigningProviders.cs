using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Links;
using HaLong.Signatures.Providers.SmartCa;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Signatures.Features;

/// <summary>A person tells what an outside provider calls him, so that he can be asked to sign there.</summary>
internal sealed class MySigningProviders(SignatureDbContext db, Caller caller, LinkVault vault, ProviderLinks links, IOptions<ProviderOptions> options, TimeProvider time)
{
    /// <param name="UserId">At SmartCA the personal number.</param>
    internal sealed record LinkRequest(string? UserId);

    /// <param name="Provider">Word of the provider.</param>
    /// <param name="UserId">Masked but for the last digits.</param>
    /// <param name="LinkedAt">When.</param>
    internal sealed record LinkView(string Provider, string UserId, DateTimeOffset LinkedAt);

    public static void Map(IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup("/api/v1/me/signing-providers").WithTags("Signing providers");
        Describe(mine.MapGet("/{provider}", (string provider, MySigningProviders handler, HttpResponse response, CancellationToken ct) => handler.GetAsync(provider, response, ct)),
            "GetSigningProvider", "What a provider calls me, masked").Produces<LinkView>();
        Describe(mine.MapPut("/{provider}", (string provider, LinkRequest body, MySigningProviders handler, HttpContext http) => handler.PutAsync(provider, body, http)),
            "LinkSigningProvider", "Tell what a provider calls me").Produces<LinkView>().ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).WithIdempotency<SignatureDbContext>().RequireStrong();
        Describe(mine.MapDelete("/{provider}", (string provider, MySigningProviders handler, HttpContext http) => handler.DeleteAsync(provider, http)),
            "UnlinkSigningProvider", "Forget what a provider calls me").Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).WithIdempotency<SignatureDbContext>().RequireStrong();
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name).WithSummary(summary)
        .WithDescription("provider: smartca (12 digits of the personal number), or csc- and its name. For oneself only. Scope halong.api; changes with strong sign-in. Kept encrypted, shown masked.")
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status404NotFound)
        .RequireAuthorization(Policies.SignedIn);

    private async Task<IResult> GetAsync(string provider, HttpResponse response, CancellationToken ct)
    {
        if (!IsKnown(provider))
            return ProviderErrors.UnknownProvider.ToProblem();
        if (await FindAsync(provider, ct) is not { } link)
            return ProviderErrors.NotLinked.ToProblem();
        Etag.Set(response, link.Version);
        return TypedResults.Ok(View(link, links.Open(link)));
    }

    private async Task<IResult> PutAsync(string provider, LinkRequest body, HttpContext http)
    {
        if (!IsKnown(provider))
            return ProviderErrors.UnknownProvider.ToProblem();
        var user = body.UserId?.Trim() ?? "";
        if (WhyNot(provider, user) is { } error)
            return error.ToProblem();
        var link = await FindAsync(provider, http.RequestAborted);
        if (link is not null && Etag.Check(http.Request, link.Version) is { } stale)
            return stale.ToProblem();
        var box = vault.Seal(caller.AccountId, provider, user);
        if (link is null)
            db.Add(link = ProviderLink.Of(caller.AccountId, provider, box, vault.KeyId, time.GetUtcNow()));
        else
            link.Change(box, vault.KeyId, time.GetUtcNow());
        await db.SaveChangesAsync(http.RequestAborted);
        Etag.Set(http.Response, link.Version);
        return TypedResults.Ok(View(link, user));
    }

    private async Task<IResult> DeleteAsync(string provider, HttpContext http)
    {
        if (!IsKnown(provider))
            return ProviderErrors.UnknownProvider.ToProblem();
        if (await FindAsync(provider, http.RequestAborted) is not { } link)
            return ProviderErrors.NotLinked.ToProblem();
        if (Etag.Check(http.Request, link.Version) is { } stale)
            return stale.ToProblem();
        db.Remove(link);
        await db.SaveChangesAsync(http.RequestAborted);
        return TypedResults.NoContent();
    }

    private bool IsKnown(string provider) => provider == SmartCaProvider.Word ? options.Value.SmartCa.IsOn
        : provider.StartsWith("csc-", StringComparison.Ordinal) && options.Value.Csc.ContainsKey(provider[4..]);

    // A citizen's token says how the personal number ends: nobody asks somebody else's telephone.
    private Error? WhyNot(string provider, string user)
    {
        if (provider == SmartCaProvider.Word)
            return user.Length == 12 && user.All(char.IsAsciiDigit) && (caller.Check is not { Length: > 0 } check || user.EndsWith(check, StringComparison.Ordinal)) ? null
                : ProviderErrors.InvalidUser.WithField("userId", "Là 12 chữ số của số định danh cá nhân của chính bạn.", "Is the 12 digits of your own personal number.");
        return user.Length is >= 1 and <= 200 && !user.Any(char.IsControl) ? null
            : ProviderErrors.InvalidUser.WithField("userId", "Có từ 1 đến 200 ký tự.", "Has 1 to 200 characters.");
    }

    private Task<ProviderLink?> FindAsync(string provider, CancellationToken ct) =>
        db.ProviderLinks.SingleOrDefaultAsync(l => l.AccountId == caller.AccountId && l.Provider == provider, ct);

    private static LinkView View(ProviderLink link, string user) => new(link.Provider, Mask(user), link.LinkedAt);

    private static string Mask(string user) => user.Length <= 4 ? new string('•', user.Length) : new string('•', user.Length - 3) + user[^3..];
}
