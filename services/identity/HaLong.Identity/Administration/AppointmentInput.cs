using HaLong.Identity.Domain;
using HaLong.Identity.Staff;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Administration;

/// <summary>An appointment as administrators write it.</summary>
/// <param name="Unit">Code of the unit (as of the first day), or code@validFrom.</param>
/// <param name="Title">Title on papers.</param>
/// <param name="Roles">Roles there; helpers have none but their own.</param>
/// <param name="ValidFrom">First day; today when left out.</param>
/// <param name="ValidTo">Last day, or left out.</param>
/// <param name="Primary">The unit tokens are for unless another is asked for.</param>
/// <param name="DecisionNumber">Number of the decision.</param>
/// <param name="LegalBasis">What the decision rests on.</param>
internal sealed record AppointmentInput(
    string? Unit, string? Title, string[]? Roles, DateOnly? ValidFrom, DateOnly? ValidTo, bool? Primary, string? DecisionNumber, string? LegalBasis)
{
    /// <summary>Decisions reach the keyboard late; further back would rewrite who could do what.</summary>
    public const int DaysBack = 30;

    /// <summary>The terms and the unit, or everything that is wrong with them.</summary>
    public (AssignmentTerms Terms, Unit? Unit, Error? Error) Read(string kind, bool isFirst, Scope scope, DateOnly today)
    {
        var from = ValidFrom ?? today;
        var roles = (Roles ?? []).Distinct(StringComparer.Ordinal).ToList();
        if (kind == AccountKind.Helper && roles.Count == 0)
            roles = [AccountKind.Helper];
        var unit = scope.Find(Unit, from);
        var error = IdentityErrors.InvalidAdministration;
        if (unit is null || (unit.ValidTo is { } end && end < from))
            error = error.WithField("unit", "Không có đơn vị này trong phạm vi quản lý của bạn vào ngày đó.", "There is no such unit within your responsibility on that day.");
        if (string.IsNullOrWhiteSpace(Title) || Title.Length > 200)
            error = error.WithField("title", "Hãy nhập chức danh, tối đa 200 ký tự.", "Enter a title of at most 200 characters.");
        if (kind == AccountKind.Helper ? roles is not [AccountKind.Helper] : roles.Count == 0 || roles.Exists(r => !ServiceDefaults.Roles.OfOfficials.Contains(r)))
        {
            error = error.WithField("roles", "Vai trò không hợp lệ: " + string.Join(", ", ServiceDefaults.Roles.OfOfficials) + ".",
                "The roles are not valid: " + string.Join(", ", ServiceDefaults.Roles.OfOfficials) + ".");
        }

        if (from < today.AddDays(-DaysBack))
            error = error.WithField("validFrom", $"Ngày bắt đầu không được sớm hơn hôm nay quá {DaysBack} ngày.", $"The first day must not lie more than {DaysBack} days back.");
        if (ValidTo < from || ValidTo < today)
            error = error.WithField("validTo", "Ngày kết thúc phải từ hôm nay và từ ngày bắt đầu trở đi.", "The last day must not be before today or before the first day.");
        if (DecisionNumber?.Length > 100)
            error = error.WithField("decisionNumber", "Tối đa 100 ký tự.", "At most 100 characters.");
        if (LegalBasis?.Length > 500)
            error = error.WithField("legalBasis", "Tối đa 500 ký tự.", "At most 500 characters.");
        var terms = new AssignmentTerms(Title?.Trim() ?? "", roles, from, ValidTo, Primary ?? isFirst, DecisionNumber?.Trim(), LegalBasis?.Trim());
        return (terms, unit, error.FieldMessages.Count > 0 ? error : null);
    }
}
