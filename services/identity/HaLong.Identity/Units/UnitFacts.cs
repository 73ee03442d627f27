using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;

namespace HaLong.Identity.Units;

/// <summary>What others are told when units change.</summary>
internal static class UnitFacts
{
    public static UnitChanged Created(Unit unit, DateTimeOffset now) => Of(unit, UnitChanged.Created, now);

    public static UnitChanged Ended(Unit unit, DateTimeOffset now) => Of(unit, UnitChanged.Ended, now);

    public static UnitChanged Corrected(Unit unit, DateTimeOffset now) => Of(unit, UnitChanged.Corrected, now);

    private static UnitChanged Of(Unit unit, string change, DateTimeOffset now) =>
        new(unit.Id, unit.Code, change, unit.ValidFrom, unit.ValidTo, now);
}
