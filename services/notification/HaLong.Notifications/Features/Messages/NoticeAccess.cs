using HaLong.Identity.Contracts;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.Notifications.Planning;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Features.Messages;

/// <summary>
/// Who sees what was told about a dossier: its reader, who may read the dossier for him, officials of the unit that has it, auditors. Part of the
/// query, so that somebody else's dossier and none at all look the same.
/// </summary>
internal sealed class NoticeAccess(NotificationDbContext db, Authoriser authoriser, Caller caller)
{
    private static readonly string[] Readers = [Roles.Reception, Roles.Officer, Roles.Approver, Roles.Chief];

    /// <summary>What officials are told among themselves is not part of what the applicant was told.</summary>
    public static readonly IReadOnlyList<string> AmongOfficials = [NoticeKinds.WaitOfficer, NoticeKinds.WaitSupervisor, NoticeKinds.WaitExtension];

    public async Task<Result<IQueryable<Message>>> VisibleAsync(Guid dossier, CancellationToken ct)
    {
        var about = db.Messages.AsNoTracking().Where(m => m.DossierId == dossier && !AmongOfficials.Contains(m.Kind));
        var (account, unit) = (caller.AccountId, caller.Unit);
        if (!caller.ActsForAnother && caller.IsInRole(Roles.Auditor))
            return Result.Of(about);
        if (!caller.ActsForAnother && unit is not null && Readers.Any(caller.IsInRole))
            return Result.Of(about.Where(m => m.RecipientId == account || db.Set<EventStream>().Any(s => s.DossierId == dossier && s.UnitCode == unit)));

        var asked = Read(await authoriser.MayAsync(new Acting(account, caller.ActorId, caller.Delegation, caller.AssistedSession), Acts.DossierRead, ct));
        if (!asked.IsSuccess)
            return asked.Error;
        var own = about.Where(m => m.RecipientId == account);
        if (asked.Value.IsUnbound || (asked.Value.DossierId is { } only && only != dossier))
            own = own.Where(_ => false);
        if (asked.Value.Procedures is { } procedures)
            own = own.Where(_ => db.Set<EventStream>().Any(s => s.DossierId == dossier && procedures.Contains(s.ProcedureCode)));
        return Result.Of(own);
    }

    private static Result<Decision> Read(Decision decision) => decision switch
    {
        { Verdict: Verdict.Allowed } => decision,
        { Verdict: Verdict.Unavailable } => RuleErrors.AuthoriserUnavailable,
        { Reason: RefusalReasons.Unknown or RefusalReasons.NotActive } => RuleErrors.RightEnded,
        _ => RuleErrors.NotCovered,
    };
}
