using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Cryptography;
using HaLong.Signatures.Persistence;
using HaLong.Signatures.Providers;
using HaLong.Signatures.Providers.Imported;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Signatures.Features;

/// <summary>An officer registers the certificate on his token: shown first, then proven by signing a challenge with its key, within minutes and once.</summary>
internal sealed partial class MyImportedCertificates(SignatureDbContext db, Caller caller, ImportTrust trust, IOptions<ProviderOptions> options, TimeProvider time,
    ILogger<MyImportedCertificates> log)
{
    /// <param name="Certificate">PEM, with the rest of the chain where there is one; or the Base64 of DER.</param>
    internal sealed record ChallengeRequest(string? Certificate);

    /// <param name="Id">To be named with the signature.</param>
    /// <param name="Data">What to sign, Base64.</param>
    /// <param name="Hash">Its hash, Base64, for a token that is given hashes.</param>
    /// <param name="HashAlgorithm">SHA256, SHA384 or SHA512.</param>
    /// <param name="ExpiresAt">When it ends.</param>
    internal sealed record ChallengeView(Guid Id, string Data, string Hash, string HashAlgorithm, DateTimeOffset ExpiresAt);

    /// <param name="ChallengeId">Of the challenge.</param>
    /// <param name="Signature">Base64: RSA by PKCS #1 v1.5, elliptic curves in DER.</param>
    internal sealed record ProofRequest(Guid? ChallengeId, string? Signature);

    public static void Map(IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup("/api/v1/me/imported-certificates").WithTags("Imported certificates");
        Describe(mine.MapGet("/", (MyImportedCertificates handler, CancellationToken ct) => handler.ListAsync(ct)), "ListMyImportedCertificates",
            "My certificates on tokens").Produces<IReadOnlyList<ImportedCertificateView>>();
        Describe(mine.MapGet("/{id:guid}", (Guid id, MyImportedCertificates handler, HttpResponse response, CancellationToken ct) => handler.OneAsync(id, response, ct)),
            "GetMyImportedCertificate", "One of my certificates on tokens, with its ETag").Produces<ImportedCertificateView>().ProducesProblem(StatusCodes.Status404NotFound);
        Describe(mine.MapPost("/challenges", (ChallengeRequest body, MyImportedCertificates handler, CancellationToken ct) => handler.AskAsync(body, ct)),
            "ChallengeImportedCertificate", "Show a certificate and get a challenge to sign with its key").Produces<ChallengeView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).WithIdempotency<SignatureDbContext>().RequireStrong();
        Describe(mine.MapPost("/", (ProofRequest body, MyImportedCertificates handler, CancellationToken ct) => handler.RegisterAsync(body, ct)),
            "RegisterImportedCertificate", "Register a certificate by the signed challenge").Produces<ImportedCertificateView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).RequireStrong();
        Describe(mine.MapDelete("/{id:guid}", (Guid id, MyImportedCertificates handler, HttpContext http) => handler.RemoveAsync(id, http)),
            "RemoveImportedCertificate", "Take a certificate back").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status412PreconditionFailed).WithIdempotency<SignatureDbContext>().RequireStrong();
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name, string summary) => route
        .WithName(name).WithSummary(summary)
        .WithDescription("Officials, for themselves. Scope halong.api; changes with strong sign-in. The key stays on the token; a challenge is good once, for some minutes.")
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
        .RequireAuthorization(Policies.Staff);

    private IQueryable<ImportedCertificate> Mine => db.ImportedCertificates.Where(c => c.AccountId == caller.AccountId && c.RemovedAt == null);

    private async Task<IResult> ListAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var rows = await Mine.AsNoTracking().OrderByDescending(c => c.Id).Take(100).ToListAsync(ct);
        return TypedResults.Ok<IReadOnlyList<ImportedCertificateView>>(rows.ConvertAll(c => ImportedCertificateView.Of(c, now)));
    }

    private async Task<IResult> OneAsync(Guid id, HttpResponse response, CancellationToken ct)
    {
        if (await Mine.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) is not { } found)
            return ImportErrors.NotFound.ToProblem();
        Etag.Set(response, found.Version);
        return TypedResults.Ok(ImportedCertificateView.Of(found, time.GetUtcNow()));
    }

    private async Task<IResult> AskAsync(ChallengeRequest body, CancellationToken ct)
    {
        var found = await trust.CheckAsync(body.Certificate, ct);
        if (!found.IsSuccess)
            return found.Error.ToProblem();
        var (chain, known) = found.Value;
        var fingerprint = ImportedCertificate.FingerprintOf(chain[0]);
        if (await db.ImportedCertificates.AnyAsync(c => c.Fingerprint == fingerprint && c.RemovedAt == null, ct))
            return ImportErrors.Taken.ToProblem();
        var now = time.GetUtcNow();
        // Of those that ended nothing is needed any more.
        await db.ImportChallenges.Where(c => c.AccountId == caller.AccountId && c.ExpiresAt < now).ExecuteDeleteAsync(ct);
        var challenge = ImportChallenge.Ask(caller.AccountId, chain, known, TimeSpan.FromSeconds(options.Value.Imported.ChallengeSeconds), now);
        db.Add(challenge);
        await db.SaveChangesAsync(ct);
        using var certificate = X509CertificateLoader.LoadCertificate(chain[0]);
        var hash = SignatureAlgorithm.Of(certificate).Hash;
        return TypedResults.Created((string?)null, new ChallengeView(challenge.Id, Convert.ToBase64String(challenge.Statement),
            Convert.ToBase64String(CryptographicOperations.HashData(hash, challenge.Statement)), hash.Name!, challenge.ExpiresAt));
    }

    // Not under an idempotency key: a challenge is used up by a wrong proof too, and that must stay.
    private async Task<IResult> RegisterAsync(ProofRequest body, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var challenge = await db.ImportChallenges.FromSql($"SELECT * FROM import_challenge WHERE id = {body.ChallengeId ?? Guid.Empty} FOR UPDATE").SingleOrDefaultAsync(ct);
        if (challenge is null || challenge.AccountId != caller.AccountId || !challenge.Use(now))
            return ImportErrors.ChallengeEnded.ToProblem();
        await db.SaveChangesAsync(ct);
        if (JsonReading.Bytes(body.Signature ?? "") is not { } signature || !challenge.IsProvenBy(signature))
        {
            await transaction.CommitAsync(ct);
            return ImportErrors.WrongProof.ToProblem();
        }

        var registered = ImportedCertificate.Register(caller.AccountId, caller.Unit ?? "", challenge.Chain, challenge.RevocationKnown, now);
        db.AddRange(registered, ImportedChange.Of(registered, ImportedMove.Registered, caller.ActorId, now));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return ImportErrors.Taken.ToProblem();
        }

        await transaction.CommitAsync(ct);
        Changed(log, registered.Id, ImportedMove.Registered);
        return TypedResults.Created($"/api/v1/me/imported-certificates/{registered.Id}", ImportedCertificateView.Of(registered, now));
    }

    private async Task<IResult> RemoveAsync(Guid id, HttpContext http)
    {
        if (await Mine.SingleOrDefaultAsync(c => c.Id == id, http.RequestAborted) is not { } found)
            return ImportErrors.NotFound.ToProblem();
        if (Etag.Check(http.Request, found.Version) is { } stale)
            return stale.ToProblem();
        var now = time.GetUtcNow();
        found.Remove(now);
        db.Add(ImportedChange.Of(found, ImportedMove.Removed, caller.ActorId, now));
        await db.SaveChangesAsync(http.RequestAborted);
        Changed(log, found.Id, ImportedMove.Removed);
        return TypedResults.NoContent();
    }

    [LoggerMessage(5088, LogLevel.Information, "Imported certificate {CertificateId}: {Move}")]
    private static partial void Changed(ILogger log, Guid certificateId, ImportedMove move);
}
