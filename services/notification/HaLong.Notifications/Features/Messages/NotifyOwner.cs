using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tell the owner of a dossier or account about a fact. Internal: travels on the bus only when identity could not be asked at once.</summary>
/// <param name="Kind">Which notice.</param>
/// <param name="Trigger">The fact, so that it tells nobody twice.</param>
/// <param name="RecipientId">Whom.</param>
/// <param name="DossierId">About what; null when about the account.</param>
/// <param name="DossierCode">Its code.</param>
/// <param name="OccurredAt">When it became true.</param>
/// <param name="Amount">Đồng, where money is spoken of.</param>
/// <param name="Deadline">Until when, where there is a limit.</param>
/// <param name="Attempt">How often identity was asked in vain.</param>
/// <param name="Change">What changed about the account, a word of <see cref="Domain.AccountChanges"/>.</param>
/// <param name="Wait">What the dossier waits for, a code of <see cref="Domain.WaitReasons"/>.</param>
/// <param name="Quiet">Into the inbox only: something newer is told at the same time.</param>
/// <param name="Report">Which report was made, where one was.</param>
/// <param name="Condition">Told only while this holds, see <see cref="Domain.Conditions"/>; null: told anyhow.</param>
[EntityName("halong.notification.notify-owner.v1")]
[MessageUrn("halong.notification.notify-owner.v1")]
public sealed record NotifyOwner(
    string Kind,
    string Trigger,
    Guid RecipientId,
    Guid? DossierId,
    string? DossierCode,
    DateTimeOffset OccurredAt,
    long? Amount = null,
    DateTimeOffset? Deadline = null,
    int Attempt = 0,
    string? Change = null,
    string? Wait = null,
    bool Quiet = false,
    string? Condition = null,
    ReportNotice? Report = null);

/// <summary>What is told of a report.</summary>
/// <param name="Vi">Title and period in Vietnamese.</param>
/// <param name="En">Title and period in English.</param>
/// <param name="Lines">Its key figures, in the language of its files.</param>
/// <param name="Files">Where each format is fetched, below the address of the platform.</param>
public sealed record ReportNotice(string Vi, string En, IReadOnlyList<string> Lines, IReadOnlyList<ReportLink> Files);

/// <summary>A file of a report.</summary>
/// <param name="Format">csv, xlsx or pdf.</param>
/// <param name="Path">Where it is fetched.</param>
public sealed record ReportLink(string Format, string Path);
