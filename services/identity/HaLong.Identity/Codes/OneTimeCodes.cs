using System.Security.Cryptography;
using System.Text;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace HaLong.Identity.Codes;

/// <summary>
/// Codes of six digits that prove who holds a telephone or mailbox. Bound to a purpose and an owner, good for five minutes, five tries
/// and one use.
/// </summary>
internal sealed class OneTimeCodes(
    IdentityDbContext db, NpgsqlDataSource database, KeyVault vault, CodeQuota quota, IOptions<CodeOptions> options, TimeProvider time)
{
    private const string Vault = "one-time-codes";
    private const string Sms = "sms";
    private const string Email = "email";

    private readonly CodeOptions _options = options.Value;

    /// <summary>Makes a code and has it sent by SMS. Adds rows; the caller saves them together with what the code is for.</summary>
    /// <param name="purpose">One of <see cref="CodePurposes"/>.</param>
    /// <param name="phone">A mobile number, E.164. Null asks a question that nobody can answer and that looks like any other.</param>
    /// <param name="language">vi or en: of the text the code comes in.</param>
    /// <param name="boundTo">Whose or which (an id, nothing personal); the same must be given with the answer.</param>
    /// <param name="ct">Stops the work.</param>
    /// <param name="details">What fills further places of the text: a JSON object, nothing personal.</param>
    /// <returns>What to tell the person who waits; or the refusal when too many codes were asked for.</returns>
    public Task<Result<IssuedCode>> IssueAsync(string purpose, string? phone, string language, string boundTo, CancellationToken ct, string? details = null) =>
        IssueAsync(purpose, Sms, phone, language, boundTo, details, ct);

    /// <summary>The same by e-mail.</summary>
    public Task<Result<IssuedCode>> IssueByEmailAsync(string purpose, string? email, string language, string boundTo, CancellationToken ct, string? details = null) =>
        IssueAsync(purpose, Email, email, language, boundTo, details, ct);

    /// <summary>Makes another code for a question still open and has it sent; the one before is worth nothing from now on.</summary>
    public async Task<Result<IssuedCode>> ResendAsync(Guid challengeId, string purpose, string boundTo, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await FindAsync(challengeId, purpose, boundTo).SingleOrDefaultAsync(ct) is not { ConsumedAt: null } known)
            return IdentityErrors.CodeUnknown;
        if (known.Sends > _options.Resends)
            return IdentityErrors.CodeSentTooOften;
        if (known.ResendAfter > now)
            return IdentityErrors.CodeSentJustNow with { RetryAfterSeconds = (int)Math.Ceiling((known.ResendAfter - now).TotalSeconds) };
        if (await quota.TakeAddressAsync(ct) is { } refusal)
            return refusal;
        var exhausted = await quota.TakeTargetAsync(TargetOf(known), purpose, ct);
        if (exhausted is not null && !CodePurposes.IsSecretive(purpose))
            return exhausted;

        var code = NewCode();
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // Of two requests at the same moment one finds the row as it was.
        var renewed = await FindAsync(challengeId, purpose, boundTo).Where(c => c.Sends == known.Sends && c.ConsumedAt == null).ExecuteUpdateAsync(
            s => s.SetProperty(c => c.CodeHash, Hash(challengeId, code)).SetProperty(c => c.SealedCode, Seal(challengeId, "code", code))
                .SetProperty(c => c.Sends, known.Sends + 1).SetProperty(c => c.Attempts, 0).SetProperty(c => c.SentAt, (DateTimeOffset?)null)
                .SetProperty(c => c.ExpiresAt, now + _options.Lifetime).SetProperty(c => c.ResendAfter, now + _options.ResendPause), ct);
        if (renewed == 0)
            return IdentityErrors.CodeSentJustNow with { RetryAfterSeconds = (int)Math.Ceiling(_options.ResendPause.TotalSeconds) };

        if (exhausted is null)
            db.Enqueue(new SendOneTimeCode(challengeId, known.Sends + 1, 1));
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return new IssuedCode(challengeId, now + _options.Lifetime, now + _options.ResendPause);
    }

    /// <summary>
    /// Checks an answer and uses the code up. A try counts even when the caller's own transaction is rolled back later; that the code
    /// is used up belongs to that transaction, so that a person whose effect failed can answer again.
    /// </summary>
    public async Task<Result> VerifyAsync(Guid challengeId, string purpose, string boundTo, string code, CancellationToken ct)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length != 6 || !digits.All(char.IsAsciiDigit))
            return IdentityErrors.CodeWrong;
        if (await TakeTryAsync(challengeId, purpose, boundTo, ct) is not { } hash)
            return await IsSpentAsync(challengeId, purpose, boundTo, ct) ? IdentityErrors.CodeTriesUsedUp : IdentityErrors.CodeWrong;
        if (!CryptographicOperations.FixedTimeEquals(hash, Hash(challengeId, digits)))
            return IdentityErrors.CodeWrong;

        // Two right answers at the same moment: the second waits for the first and then finds nothing to use up.
        var used = await FindAsync(challengeId, purpose, boundTo).Where(c => c.ConsumedAt == null && c.CodeHash == hash).ExecuteUpdateAsync(
            s => s.SetProperty(c => c.ConsumedAt, time.GetUtcNow()).SetProperty(c => c.SealedCode, (byte[]?)null).SetProperty(c => c.SealedTarget, (byte[]?)null), ct);
        return used == 1 ? Result.Success : IdentityErrors.CodeWrong;
    }

    /// <summary>
    /// Like <see cref="VerifyAsync"/>, for services that may not hear our answer and ask again: a right answer stays right while tries are
    /// left and the code has not expired. Each answer counts as a try; committed at once.
    /// </summary>
    public async Task<Result> AnswerAsync(Guid challengeId, string purpose, string boundTo, string code, CancellationToken ct)
    {
        var digits = code.Replace(" ", "", StringComparison.Ordinal);
        if (digits.Length != 6 || !digits.All(char.IsAsciiDigit))
            return IdentityErrors.CodeWrong;
        await using var command = database.CreateCommand("""
            UPDATE one_time_code SET attempts = attempts + 1,
                consumed_at = CASE WHEN code_hash = $6 THEN COALESCE(consumed_at, $5) ELSE consumed_at END,
                sealed_code = CASE WHEN code_hash = $6 THEN NULL ELSE sealed_code END,
                sealed_target = CASE WHEN code_hash = $6 THEN NULL ELSE sealed_target END
            WHERE id = $1 AND purpose = $2 AND bound_to = $3 AND attempts < $4 AND expires_at > $5
            RETURNING code_hash = $6
            """);
        object[] values = [challengeId, purpose, boundTo, _options.Tries, time.GetUtcNow(), Hash(challengeId, digits)];
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteScalarAsync(ct) switch
        {
            true => Result.Success,
            null when await FindAsync(challengeId, purpose, boundTo).AnyAsync(c => c.Attempts >= _options.Tries, ct) => IdentityErrors.CodeTriesUsedUp,
            _ => IdentityErrors.CodeWrong,
        };
    }

    /// <summary>What is to be handed over for a question, if it is still worth anything.</summary>
    internal (string Channel, string Target, string Code)? Open(OneTimeCode question) => question is { SealedCode: { } code, SealedTarget: { } target, ConsumedAt: null }
        ? (question.Channel, Unseal(question.Id, "target", target), Unseal(question.Id, "code", code))
        : null;

    private async Task<Result<IssuedCode>> IssueAsync(string purpose, string channel, string? target, string language, string boundTo, string? details, CancellationToken ct)
    {
        if (await quota.TakeAddressAsync(ct) is { } refusal)
            return refusal;
        if (await quota.TakeTargetAsync(target, purpose, ct) is { } exhausted)
        {
            if (!CodePurposes.IsSecretive(purpose))
                return exhausted;
            target = null;
        }

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var code = NewCode();
        var question = new OneTimeCode
        {
            Id = id,
            Purpose = purpose,
            BoundTo = boundTo,
            Channel = channel,
            Language = language,
            Details = details,
            SealedTarget = target is null ? null : Seal(id, "target", target),
            CodeHash = Hash(id, code),
            SealedCode = Seal(id, "code", code),
            Sends = 1,
            CreatedAt = now,
            ExpiresAt = now + _options.Lifetime,
            ResendAfter = now + _options.ResendPause,
        };
        db.OneTimeCodes.Add(question);
        db.Enqueue(new SendOneTimeCode(id, question.Sends, 1));
        return new IssuedCode(id, question.ExpiresAt, question.ResendAfter);
    }

    private IQueryable<OneTimeCode> FindAsync(Guid id, string purpose, string boundTo) =>
        db.OneTimeCodes.AsNoTracking().Where(c => c.Id == id && c.Purpose == purpose && c.BoundTo == boundTo);

    private Task<bool> IsSpentAsync(Guid id, string purpose, string boundTo, CancellationToken ct) =>
        FindAsync(id, purpose, boundTo).AnyAsync(c => c.Attempts >= _options.Tries && c.ConsumedAt == null, ct);

    /// <summary>Counts one try, on a connection of its own: a caller that rolls back must not give tries back. Null when none is left.</summary>
    private async Task<byte[]?> TakeTryAsync(Guid id, string purpose, string boundTo, CancellationToken ct)
    {
        await using var command = database.CreateCommand("""
            UPDATE one_time_code SET attempts = attempts + 1
            WHERE id = $1 AND purpose = $2 AND bound_to = $3 AND attempts < $4 AND consumed_at IS NULL AND expires_at > $5
            RETURNING code_hash
            """);
        object[] values = [id, purpose, boundTo, _options.Tries, time.GetUtcNow()];
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (byte[]?)await command.ExecuteScalarAsync(ct);
    }

    private static string NewCode() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);

    private byte[] Hash(Guid id, string code) => vault.Index(Vault, Encoding.ASCII.GetBytes($"{id:N}:{code}"));

    private byte[] Seal(Guid id, string what, string value) => vault.Seal(Vault, $"{what}:{id:N}", Encoding.UTF8.GetBytes(value));

    private string Unseal(Guid id, string what, byte[] box) => Encoding.UTF8.GetString(vault.Open(Vault, $"{what}:{id:N}", box));

    private string? TargetOf(OneTimeCode question) => question.SealedTarget is { } box ? Unseal(question.Id, "target", box) : null;
}
