using HaLong.Identity.Units;

namespace HaLong.Identity.Administration;

/// <param name="Id">The account.</param>
/// <param name="Kind">official or helper.</param>
/// <param name="UserName">Name to sign in with.</param>
/// <param name="DisplayName">Name to show.</param>
/// <param name="PersonalNumber">Masked but for the last four digits.</param>
/// <param name="Email">Contact point.</param>
/// <param name="Phone">Contact point.</param>
/// <param name="Language">vi or en.</param>
/// <param name="HelperKind">postOffice, communeOneStop or youthUnion; null for officials.</param>
/// <param name="Closed">A closed account can no longer sign in.</param>
/// <param name="HasPassword">False until the person has set one by the password reset.</param>
/// <param name="Assignments">All assignments within the caller's responsibility, latest first.</param>
/// <param name="Grants">Requests for roles that wait for a second administrator.</param>
/// <param name="CreatedAt">When the account was made.</param>
/// <param name="Version">Revision, also the ETag.</param>
internal sealed record StaffView(
    Guid Id, string Kind, string UserName, string DisplayName, string? PersonalNumber, string? Email, string? Phone, string Language, string? HelperKind,
    bool Closed, bool HasPassword, IReadOnlyList<AssignmentView> Assignments, IReadOnlyList<GrantView> Grants, DateTimeOffset CreatedAt, uint Version);

/// <param name="Id">The account.</param>
/// <param name="Kind">official or helper.</param>
/// <param name="UserName">Name to sign in with.</param>
/// <param name="DisplayName">Name to show.</param>
/// <param name="HelperKind">postOffice, communeOneStop or youthUnion; null for officials.</param>
/// <param name="Closed">A closed account can no longer sign in.</param>
/// <param name="Work">What the person does today within the caller's responsibility.</param>
internal sealed record StaffLine(
    Guid Id, string Kind, string UserName, string DisplayName, string? HelperKind, bool Closed, IReadOnlyList<StaffWork> Work);

internal sealed record StaffWork(Guid AssignmentId, UnitName Unit, string Title, IReadOnlyList<string> Roles, DateOnly ValidFrom, DateOnly? ValidTo);
