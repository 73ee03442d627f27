using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Register;

/// <summary>Who may read a register and close its books: chief, approver and leader of the unit; the leader only reads.</summary>
internal sealed class RegisterDesk(Caller caller, TimeProvider time)
{
    public const int FirstYear = 2018, LastYear = 2100;

    /// <summary>The caller's unit, when the register asked for is its own.</summary>
    public Result<string> UnitToRead(string? asked) => UnitOf(asked, Roles.Chief, Roles.Approver, Roles.Leader);

    public Result<string> UnitToClose(string? asked) => UnitOf(asked, Roles.Chief, Roles.Approver);

    /// <summary>What rows are asked for: this year unless said; both days of the period included.</summary>
    public Result<RegisterQuery> QueryOf(string? unit, int? year, DateOnly? from, DateOnly? to)
    {
        var own = UnitToRead(unit);
        if (!own.IsSuccess)
            return own.Error;
        var wanted = year ?? LocalTime.Date(time.GetUtcNow()).Year;
        if (wanted is < FirstYear or > LastYear)
            return RegisterErrors.InvalidPeriod.WithField("year", $"Năm từ {FirstYear} đến {LastYear}.", $"A year from {FirstYear} to {LastYear}.");
        var (first, last) = (from ?? new DateOnly(wanted, 1, 1), to ?? new DateOnly(wanted, 12, 31));
        if (first > last || first.Year < FirstYear || last.Year > LastYear)
            return RegisterErrors.InvalidPeriod.WithField("from", "Ngày đầu phải không sau ngày cuối.", "The first day must not be after the last.");
        return new RegisterQuery(own.Value, wanted, LocalTime.Instant(first, TimeOnly.MinValue), LocalTime.Instant(last.AddDays(1), TimeOnly.MinValue));
    }

    private Result<string> UnitOf(string? asked, params ReadOnlySpan<string> roles)
    {
        var may = false;
        foreach (var role in roles)
            may |= caller.IsInRole(role);
        if (!may)
            return CommonErrors.Forbidden;
        if (caller.Unit is not { Length: > 0 } unit)
            return SubmissionErrors.NoUnit;
        return asked is null || asked == unit ? unit : RegisterErrors.BookNotFound;
    }
}
