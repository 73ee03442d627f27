using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Contracts.Events;
using HaLong.Notifications.Domain;
using MassTransit;

namespace HaLong.Notifications.Features.Messages;

/// <summary>Tells officers, supervisors and applicants that a dossier waits too long: whom the warning names, and the holders of its roles.</summary>
internal sealed class NotifyWaitWarned(OwnerNotifier people, StaffNotifier staff) : IConsumer<DossierWaitWarned>
{
    public async Task Consume(ConsumeContext<DossierWaitWarned> context)
    {
        var (e, ct) = (context.Message, context.CancellationToken);
        var notice = new NotifyOwner(
            KindOf(e.Level), $"{e.WarningId:N}", e.PersonId ?? Guid.Empty, e.DossierId, e.Code, e.OccurredAt, Deadline: e.Latest, Wait: e.Reason, Quiet: !e.Urgent);
        if (e.PersonId is not null)
            await people.NotifyAsync(notice, ct);
        if (e is { Roles.Count: > 0, RolesUnitCode: { } unit })
            await staff.NotifyAsync(new NotifyStaff(notice, e.Roles, unit, e.PersonId), ct);
    }

    /// <summary>The notice of a level; one that is not known here is the supervisors' business.</summary>
    internal static string KindOf(string level) => level switch
    {
        WaitLevels.Applicant => NoticeKinds.WaitApplicant,
        WaitLevels.ApplicantLast => NoticeKinds.WaitApplicantLast,
        WaitLevels.Extension => NoticeKinds.WaitExtension,
        WaitLevels.Officer => NoticeKinds.WaitOfficer,
        WaitLevels.Citizen => NoticeKinds.WaitCitizen,
        _ => NoticeKinds.WaitSupervisor,
    };
}
