namespace HaLong.Identity.Administration.Reorganisations;

/// <summary>What a reorganisation would do, and why it cannot be done, where it cannot.</summary>
/// <param name="Applicable">True when nothing stands in its way.</param>
/// <param name="Effective">First day of the new order.</param>
/// <param name="Ended">Ids of the units that end the day before.</param>
/// <param name="Created">Ids of the new versions.</param>
/// <param name="Transitions">How many transitions are written down.</param>
/// <param name="PlacesOpened">Receiving places that begin.</param>
/// <param name="PlacesClosed">Receiving places that end with their unit.</param>
/// <param name="Splits">Units that are divided, with what that means for their staff.</param>
/// <param name="Moves">What becomes of assignments.</param>
/// <param name="GrantsWithdrawn">Requests for roles in units that end.</param>
/// <param name="Faults">What stands in its way.</param>
/// <param name="Warnings">What is worth a second look.</param>
internal sealed record ReorganisationReport(
    bool Applicable, DateOnly Effective, IReadOnlyList<string> Ended, IReadOnlyList<string> Created, int Transitions, int PlacesOpened, int PlacesClosed,
    IReadOnlyList<ReorganisationReport.Split> Splits, IReadOnlyList<ReorganisationReport.Move> Moves, int GrantsWithdrawn,
    IReadOnlyList<ReorganisationReport.Finding> Faults, IReadOnlyList<ReorganisationReport.Finding> Warnings)
{
    /// <param name="UnitId">The divided unit.</param>
    /// <param name="Targets">Where its parts go.</param>
    /// <param name="Staff">Assignments in it.</param>
    /// <param name="Choice">Where its staff go; null while nobody has chosen.</param>
    internal sealed record Split(string UnitId, IReadOnlyList<string> Targets, int Staff, string? Choice);

    /// <param name="AssignmentId">The assignment.</param>
    /// <param name="AccountId">Whose.</param>
    /// <param name="From">The unit that ends.</param>
    /// <param name="To">The unit it continues in; null when it ends.</param>
    /// <param name="How">automatic, split_choice, explicit or ended.</param>
    internal sealed record Move(Guid AssignmentId, Guid AccountId, string From, string? To, string How);

    /// <param name="Code">What kind of finding; a word.</param>
    /// <param name="Subject">The unit, assignment or entry it is about.</param>
    /// <param name="Vi">In Vietnamese.</param>
    /// <param name="En">In English.</param>
    internal sealed record Finding(string Code, string Subject, string Vi, string En);
}
