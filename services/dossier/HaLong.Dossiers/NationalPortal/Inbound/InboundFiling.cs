using System.Text.Json;
using HaLong.Dossiers.NationalPortal.Ledger;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>
/// A filing on the national portal and what became of it here. What the person wrote is not kept: until it is answered the portal has it, and from
/// then on the dossier, so no personal number lies here.
/// </summary>
internal sealed class InboundFiling
{
    /// <summary>The portal's dossier code (MaHoSo), which becomes ours; for a filing without a usable one its number after a #.</summary>
    public required string Code { get; init; }

    /// <summary>Its number in the portal's sequence; a filing that is changed gets a new one. The largest is how far the portal was read.</summary>
    public long Number { get; private set; }

    /// <summary>SHA-256 of its content without the number.</summary>
    public string ContentHash { get; private set; } = "";

    /// <summary>One of <see cref="InboundState"/>.</summary>
    public string State { get; private set; } = InboundState.Received;

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Failures in a row of what may go better the next time.</summary>
    public int Attempts { get; private set; }

    /// <summary>Of these, files that arrived broken.</summary>
    public int BrokenFiles { get; set; }

    /// <summary>Why it is not filed, or was not at the last attempt: a short word or a code.</summary>
    public string? Reason { get; private set; }

    /// <summary>Everything that stands in its way.</summary>
    public List<InboundDefect> Defects { get; private set; } = [];

    /// <summary>When something is to be done: to file it, or to answer the portal. Null: nothing.</summary>
    public DateTimeOffset? NextTryAt { get; private set; }

    public string? ProcedureCode { get; set; }

    /// <summary>The unit that decides; null as long as it is not known.</summary>
    public string? UnitCode { get; set; }

    /// <summary>Whose it is, when somebody at reception said so.</summary>
    public Guid? OwnerId { get; private set; }

    public Guid? BoundBy { get; private set; }
    public DateTimeOffset? BoundAt { get; private set; }

    /// <summary>Our dossier; a draft while it is being filed.</summary>
    public Guid? DossierId { get; set; }

    /// <summary>What the portal is told: 0, or the code of the first defect.</summary>
    public string? AnswerCode { get; private set; }

    public string? AnswerText { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    public uint Version { get; private set; }

    /// <summary>Nothing more is done but to answer.</summary>
    public bool IsOver => State is InboundState.Filed or InboundState.Failed or InboundState.Refused;

    public bool HasPortalCode => Code[0] != '#';

    /// <summary>It is there, for the first time or again.</summary>
    public void Read(long number, string hash, DateTimeOffset now)
    {
        var changed = ContentHash.Length > 0 && hash != ContentHash;
        Number = number;
        if (State == InboundState.Filed)
        {
            // What was filed is changed by a supplement, not by filing it again; the same once more is answered once more.
            Answer(changed ? InboundErrors.AlreadyFiled : null, now);
            return;
        }

        ContentHash = hash;
        if (changed)
            (OwnerId, BoundBy, BoundAt) = (null, null, null);
        Again(now);
    }

    /// <summary>It is tried anew.</summary>
    public void Again(DateTimeOffset now)
    {
        (State, Attempts, BrokenFiles, Reason, Defects) = (InboundState.Received, 0, 0, null, []);
        (AnswerCode, AnswerText, AnsweredAt, NextTryAt) = (null, null, null, now);
    }

    /// <summary>Something did not work that may work the next time.</summary>
    public void Later(string reason, DateTimeOffset next) => (Attempts, Reason, NextTryAt) = (Attempts + 1, reason, next);

    /// <summary>Nobody is known whose it could be.</summary>
    public void WaitForAccount(DateTimeOffset lookAgain) =>
        (State, Reason, Attempts, NextTryAt) = (InboundState.WaitingForAccount, InboundErrors.NoAccount.Code, 0, lookAgain);

    /// <summary>Somebody at reception says whose it is.</summary>
    public void Bind(Guid owner, Guid by, DateTimeOffset now)
    {
        (OwnerId, BoundBy, BoundAt) = (owner, by, now);
        Again(now);
    }

    /// <summary>It is our dossier.</summary>
    public void File(Guid dossierId, DateTimeOffset now)
    {
        (State, DossierId, Attempts, Reason) = (InboundState.Filed, dossierId, 0, null);
        Answer(null, now);
    }

    /// <summary>It cannot be, as it is: failed when the person or we can mend it, refused when it is nothing for us.</summary>
    public void Fail(string state, Error error, DateTimeOffset now)
    {
        (State, Reason, DossierId) = (state, error.Code, null);
        Defects = error.FieldMessages.Count == 0
            ? [new InboundDefect("dossier", error.Vi, error.En)]
            : [.. error.FieldMessages.Select(m => new InboundDefect(m.Field, m.Vi, m.En))];
        Answer(error, now);
    }

    /// <summary>The portal heard.</summary>
    public void Answered(DateTimeOffset now) => (AnsweredAt, NextTryAt, Attempts) = (now, null, 0);

    private void Answer(Error? error, DateTimeOffset now)
    {
        var text = error is null ? null : string.Join(" ", [error.Vi, .. error.FieldMessages.Select(m => $"{m.Field}: {m.Vi}")]);
        (AnswerCode, AnswerText) = (error?.Code ?? "0", text is { Length: > InboundTables.MaxAnswer } ? text[..InboundTables.MaxAnswer] : text);
        (AnsweredAt, NextTryAt) = (null, HasPortalCode ? now : null);
    }
}

/// <summary>One thing that stands in the way of a filing.</summary>
internal sealed record InboundDefect(string Field, string Vi, string En);

/// <summary>Where a filing stands.</summary>
internal static class InboundState
{
    /// <summary>Read, and being worked on.</summary>
    public const string Received = "received";

    /// <summary>The person has no verified account here, or did not sign in with VNeID: reception says whose it is.</summary>
    public const string WaitingForAccount = "waitingForAccount";

    public const string Filed = "filed";

    /// <summary>Defects that the person mends on the portal, or the city in its catalogue.</summary>
    public const string Failed = "failed";

    /// <summary>Nothing that could be a dossier here: its code is unusable, taken, or would be one of our own.</summary>
    public const string Refused = "refused";

    public static readonly IReadOnlyList<string> All = [Received, WaitingForAccount, Filed, Failed, Refused];
}

/// <summary>Its table.</summary>
internal sealed class InboundTables : IEntityTypeConfiguration<InboundFiling>
{
    public const int MaxAnswer = 2000;

    public void Configure(EntityTypeBuilder<InboundFiling> builder)
    {
        builder.ToTable("inbound", LedgerTables.Schema);
        builder.HasKey(f => f.Code);
        builder.Property(f => f.Version).IsRowVersion();
        builder.Property(f => f.Code).HasMaxLength(64);
        builder.Property(f => f.ContentHash).HasMaxLength(64);
        builder.Property(f => f.State).HasMaxLength(24);
        builder.Property(f => f.Reason).HasMaxLength(200);
        builder.Property(f => f.ProcedureCode).HasMaxLength(32);
        builder.Property(f => f.UnitCode).HasMaxLength(20);
        builder.Property(f => f.AnswerCode).HasMaxLength(40);
        builder.Property(f => f.AnswerText).HasMaxLength(MaxAnswer);
        builder.Property(f => f.Defects).HasColumnType("jsonb").HasDefaultValueSql("'[]'").HasConversion(
            defects => JsonSerializer.Serialize(defects, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<List<InboundDefect>>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<List<InboundDefect>>((a, b) => ReferenceEquals(a, b), defects => defects.Count, defects => defects));
        builder.Ignore(f => f.IsOver).Ignore(f => f.HasPortalCode);
        builder.HasIndex(f => f.Number).IsUnique();
        builder.HasIndex(f => new { f.State, f.Number });
        builder.HasIndex(f => f.NextTryAt).HasFilter("next_try_at IS NOT NULL");
        builder.HasIndex(f => f.DossierId).HasFilter("dossier_id IS NOT NULL");
    }
}
