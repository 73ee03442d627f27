using System.Net.Mail;
using System.Text.RegularExpressions;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Identity.Staff;
using HaLong.Identity.Units;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Administration;

/// <summary>
/// Makes the account of an official or helper, with the first appointment. It has no password: the person sets one by the password reset,
/// with a code sent to the contact point given here. So no administrator ever knows one.
/// </summary>
internal sealed partial class CreateStaff(
    IdentityDbContext db, AdminScope scopes, StaffDesk desk, StaffRegister staff, RoleGrants grants, PersonalNumbers numbers, AuditTrail audit, TimeProvider time)
{
    /// <param name="Kind">official (when left out) or helper.</param>
    /// <param name="UserName">Name to sign in with: 3 to 50 letters, digits, dots, dashes.</param>
    /// <param name="DisplayName">Name to show.</param>
    /// <param name="PersonalNumber">12 digits; can be left out.</param>
    /// <param name="Email">Contact point; one of the two is needed.</param>
    /// <param name="Phone">Contact point; one of the two is needed.</param>
    /// <param name="Language">vi (when left out) or en.</param>
    /// <param name="HelperKind">postOffice, communeOneStop or youthUnion; helpers only.</param>
    /// <param name="Appointment">Where the person works, and as what.</param>
    internal sealed record Request(
        string? Kind, string? UserName, string? DisplayName, string? PersonalNumber, string? Email, string? Phone, string? Language, string? HelperKind,
        AppointmentInput? Appointment);

    public static Task<IResult> HandleAsync(Request request, CreateStaff handler, HttpContext http, CancellationToken ct) => handler.RunAsync(request, http, ct);

    private async Task<IResult> RunAsync(Request request, HttpContext http, CancellationToken ct)
    {
        await using var turn = await db.ShareUnitsAsync(ct);
        var scope = await scopes.ReadAsync(ct);
        var kind = request.Kind ?? AccountKind.Official;
        var appointment = request.Appointment ?? new AppointmentInput(null, null, null, null, null, null, null, null);
        var (terms, unit, error) = appointment.Read(kind, isFirst: true, scope, desk.Today);
        var number = PersonalNumber.TryParse(request.PersonalNumber);
        if (Check(request, kind, number, error) is { } wrong)
            return wrong.ToProblem();

        var normalized = Account.Normalize(request.UserName!);
        if (await db.Accounts.AnyAsync(a => a.NormalizedUserName == normalized, ct))
            return IdentityErrors.UserNameTaken.ToProblem();
        // As exact as the database keeps it, so that the answer says what will be read later.
        var now = time.GetUtcNow();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        var account = Account.RegisterStaff(Guid.CreateVersion7(now), kind, request.UserName!.Trim(), request.DisplayName!.Trim(), now);
        account.SetContactPoints(request.Email?.Trim(), request.Phone?.Trim(), request.Language ?? "vi");
        account.SetHelperKind(request.HelperKind);
        // An administrator has the person's papers before him: that is what level 2 means.
        account.SetLevel(2);
        if (number is not null)
        {
            var index = numbers.IndexOf(number);
            if (await db.Accounts.AnyAsync(a => a.PersonalNumberIndex == index, ct))
                return IdentityErrors.NumberNotUsable.ToProblem();
            numbers.Set(account, number);
        }

        db.Accounts.Add(account);
        staff.Enrol(account, scope.Person);
        db.Enqueue(new AccountRegistered(account.Id, account.Kind, now));
        audit.Record("staff.created", AuditTarget.Account, account.Id, unit!.Id, null, new { account.UserName, account.Kind, account.HelperKind });
        var appointed = await grants.AppointAsync(account, unit, terms, scope.Person, ct);
        if (!appointed.IsSuccess)
            return appointed.Error.ToProblem();
        await db.SaveChangesAsync(ct);
        var view = await desk.ViewAsync(account, scope, ct);
        await turn.CommitAsync(ct);
        Etag.Set(http.Response, account.Version);
        return TypedResults.Created($"/api/v1/admin/staff/{account.Id}", view);
    }

    private static Error? Check(Request request, string kind, PersonalNumber? number, Error? appointment)
    {
        var error = IdentityErrors.InvalidAdministration;
        if (kind is not (AccountKind.Official or AccountKind.Helper))
            error = error.WithField("kind", "Loại tài khoản là official hoặc helper.", "The kind is official or helper.");
        if (request.UserName is null || !UserName().IsMatch(request.UserName))
            error = error.WithField("userName", "Tên đăng nhập có 3–50 ký tự: chữ không dấu, số, dấu chấm, gạch ngang.", "A user name has 3 to 50 letters, digits, dots or dashes.");
        if (string.IsNullOrWhiteSpace(request.DisplayName) || request.DisplayName.Length > 200)
            error = error.WithField("displayName", "Hãy nhập họ tên, tối đa 200 ký tự.", "Enter a name of at most 200 characters.");
        if (request.PersonalNumber is not null && number is null)
            error = error.WithField("personalNumber", "Số định danh có 12 chữ số.", "A personal number has 12 digits.");
        if (request.Email is null && request.Phone is null)
            error = error.WithField("phone", "Cần số điện thoại hoặc thư điện tử để kích hoạt tài khoản.", "A phone number or an e-mail address is needed to activate the account.");
        if (request.Email is { } email && (email.Length > 254 || !MailAddress.TryCreate(email, out _)))
            error = error.WithField("email", "Địa chỉ thư điện tử không hợp lệ.", "The e-mail address is not valid.");
        if (request.Phone is { } phone && !Phone().IsMatch(phone))
            error = error.WithField("phone", "Số điện thoại có 10 chữ số, bắt đầu bằng 0.", "A phone number has 10 digits and begins with 0.");
        if (request.Language is not (null or "vi" or "en"))
            error = error.WithField("language", "Ngôn ngữ là vi hoặc en.", "The language is vi or en.");
        if (kind == AccountKind.Helper ? !HelperKinds.All.Contains(request.HelperKind) : request.HelperKind is not null)
            error = error.WithField("helperKind", "Người hỗ trợ thuộc postOffice, communeOneStop hoặc youthUnion.", "A helper is of postOffice, communeOneStop or youthUnion.");
        foreach (var message in appointment?.FieldMessages ?? [])
            error = error.WithField("appointment." + message.Field, message.Vi, message.En);
        return error.FieldMessages.Count > 0 ? error : null;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9.-]{2,49}$")]
    private static partial Regex UserName();

    [GeneratedRegex("^0[0-9]{9}$")]
    private static partial Regex Phone();
}
