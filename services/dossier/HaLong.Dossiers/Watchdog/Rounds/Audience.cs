using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;

namespace HaLong.Dossiers.Watchdog.Rounds;

/// <summary>Who is told by a step: one person, the holders of roles in a unit, or both.</summary>
internal sealed record Audience(Guid? PersonId, IReadOnlyList<string> Roles, string? UnitCode)
{
    private static readonly string[] Supervisors = [ServiceDefaults.Roles.Chief, ServiceDefaults.Roles.Approver];

    /// <param name="level">Which step.</param>
    /// <param name="wait">What is waited for.</param>
    /// <param name="d">The dossier.</param>
    /// <param name="around">Who is asked, and who is away.</param>
    public static Audience Of(string level, Wait wait, Dossier d, Surroundings around) => level switch
    {
        WaitLevels.Applicant or WaitLevels.ApplicantLast or WaitLevels.Citizen => new(d.OwnerId, [], null),
        WaitLevels.Supervisor => new(null, Supervisors, UnitOf(wait, d)),
        WaitLevels.Extension => new(around.Present(d.OfficerId), [ServiceDefaults.Roles.Approver], d.UnitCode),
        _ => ByMove(wait, d, around),
    };

    /// <summary>The unit that has the next move, or looks after the dossier while somebody outside has it.</summary>
    public static string UnitOf(Wait wait, Dossier d) => IsReceptions(wait, d) ? d.ReceivingUnitCode ?? d.UnitCode : d.UnitCode;

    private static Audience ByMove(Wait wait, Dossier d, Surroundings around)
    {
        if (IsReceptions(wait, d))
            return new(null, [ServiceDefaults.Roles.Reception], UnitOf(wait, d));
        // What the platform has to do, somebody who can ask for it must know.
        var person = wait.Who == "signature" ? d.ApproverId : around.Present(d.OfficerId);
        if (wait.Who == "agency" && around.Asked.TryGetValue(d.Id, out var asked))
            return new(person, [ServiceDefaults.Roles.Officer, ServiceDefaults.Roles.Approver], asked);
        return person is null ? new(null, Supervisors, d.UnitCode) : new(person, [], null);
    }

    private static bool IsReceptions(Wait wait, Dossier d) => wait.Who is "reception" or "handover" || d.Status == DossierStatus.SupplementReception;
}
