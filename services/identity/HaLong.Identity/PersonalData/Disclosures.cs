using System.Diagnostics.Metrics;
using HaLong.Identity.AccessLog;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.PersonalData;

/// <summary>Settings of personal data, section <c>PersonalData</c>.</summary>
internal sealed class PersonalDataOptions
{
    public const string Section = "PersonalData";

    /// <summary>How often one official may look at masked data within an hour.</summary>
    [System.ComponentModel.DataAnnotations.Range(1, 1000)]
    public int DisclosuresPerHour { get; set; } = 30;

    /// <summary>Local hour from which expired data is destroyed, once a day.</summary>
    [System.ComponentModel.DataAnnotations.Range(0, 23)]
    public int RetentionHour { get; set; } = 2;
}

/// <summary>Counts disclosures; <c>halong.identity.disclosures</c> with outcome=limited wants a supervisor's attention.</summary>
internal sealed class DisclosureInstruments(IMeterFactory factory)
{
    private readonly Counter<long> _disclosures = factory.Create(IdentityInstruments.MeterName)
        .CreateCounter<long>("halong.identity.disclosures", "{disclosure}", "Masked personal data shown in full, by what and outcome.");

    public void Count(string what, string outcome) => _disclosures.Add(1, new("what", what), new("outcome", outcome));
}

/// <summary>
/// Decides whether an official may see masked data and records it before it is shown. For a dossier the person's dossier must have been opened
/// at the official's unit: identity knows that from the access log, so nobody can look up people who never came.
/// </summary>
internal sealed class Disclosures(
    IdentityDbContext db, AccessLedger ledger, Caller caller, DisclosureInstruments instruments, IOptions<PersonalDataOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly string[] Kinds = [AccessWords.PersonalNumber, AccessWords.IdentityDocument];

    /// <summary>Records the disclosure, or says why not.</summary>
    public async Task<Result> AllowAsync(Guid subject, string what, Guid? objectId, DisclosureRequest request, CancellationToken ct)
    {
        var role = DisclosurePurpose.RoleFor(request, caller);
        if (!role.IsSuccess)
            return Refuse(what, role.Error);
        if (request is { Purpose: DisclosurePurpose.Dossier, DossierId: { } dossier } && !await IsOfUnitAsync(subject, dossier, ct))
            return Refuse(what, IdentityErrors.DossierNotOfUnit);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Thirty at once must not each see the twenty-nine before: the end of the chain is taken first.
        await ledger.LockAsync(ct);
        var now = time.GetUtcNow();
        var recent = await db.AccessRecords.Where(r => r.ActorId == caller.ActorId && r.At > now - Window && r.Service == "identity" && Kinds.Contains(r.What))
            .OrderBy(r => r.At).Select(r => r.At).ToListAsync(ct);
        if (recent.Count >= options.Value.DisclosuresPerHour)
        {
            instruments.Count(what, "limited");
            return IdentityErrors.TooManyDisclosures with { RetryAfterSeconds = (int)Math.Ceiling((recent[^options.Value.DisclosuresPerHour] + Window - now).TotalSeconds) };
        }

        await ledger.AppendAsync(
            new Reading([subject], caller.ActorId, role.Value, caller.Unit, "identity", what, request.DossierId ?? objectId, request.Purpose!, request.Note!.Trim(), now), // Both checked by RoleFor.
            onceIn: null, ct);
        await transaction.CommitAsync(ct);
        instruments.Count(what, "shown");
        return Result.Success;
    }

    private Task<bool> IsOfUnitAsync(Guid subject, Guid dossier, CancellationToken ct) => caller.Unit is { } unit
        ? db.AccessRecords.AnyAsync(r => r.SubjectId == subject && r.ObjectId == dossier && r.Unit == unit && r.Service == "dossier", ct)
        : Task.FromResult(false);

    private Error Refuse(string what, Error error)
    {
        instruments.Count(what, "refused");
        return error;
    }
}
