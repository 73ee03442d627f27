using System.Globalization;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Sessions;

/// <summary>The page where people see the places they are signed in at, and sign them out: plain forms, no script.</summary>
internal static class SessionsPage
{
    private const int Most = 50;
    private const string Others = "others";

    public static async Task<IResult> GetAsync(
        HttpContext http, IAntiforgery antiforgery, SessionCookie cookies, IdentityDbContext db, IOptions<SessionOptions> options, TimeProvider time, CancellationToken ct)
    {
        if (await cookies.FindAsync(http, ct) is not { } current)
            return ToSignIn();
        var now = time.GetUtcNow();
        var sessions = (await ListSessions.ReadAsync(db, current.AccountId, null, Most, ct)).Where(s => !options.Value.IsOver(s, now)).ToList();
        var form = antiforgery.GetAndStoreTokens(http);
        var token = Html.Of($"""<input type="hidden" name="{form.FormFieldName}" value="{form.RequestToken}">""");
        var action = "/account/sessions" + SignInPage.Culture(http).Text;
        return Page.Render(http, StatusCodes.Status200OK, Text.Bilingual("Các phiên đăng nhập", "Where you are signed in"), Html.Of($"""
            {Done(http)}
            <ul>
            {new Html(string.Concat(sessions.Select(s => Item(s, s.Id == current.Id, action, token).Text)))}
            </ul>
            {(sessions.Count > 1 ? OthersForm(action, token) : Html.Empty)}
            """));
    }

    public static async Task<IResult> PostAsync(
        HttpContext http, IAntiforgery antiforgery, SessionCookie cookies, SessionEnd end, Revocations revocations, IdentityDbContext db, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http))
            return IdentityErrors.FormExpired.ToProblem();
        if (await cookies.FindAsync(http, ct) is not { } current)
            return ToSignIn();

        var which = (await http.Request.ReadFormAsync(ct))["session"].ToString();
        if (which == Others)
            await revocations.EndAllAsync(current.AccountId, EndReasons.EndedByOwner, current.Id, ct);
        else if (!Guid.TryParse(which, out var id) || await db.Sessions.SingleOrDefaultAsync(s => s.Id == id && s.AccountId == current.AccountId && s.EndedAt == null, ct) is not { } session)
            return IdentityErrors.SessionNotFound.ToProblem();
        else if (session.Id != current.Id)
            revocations.End(session, EndReasons.EndedByOwner);
        else
        {
            await end.SignOutAsync(http, ct);
            return ToSignIn();
        }

        await db.SaveChangesAsync(ct);
        return TypedResults.LocalRedirect("/account/sessions" + (Text.IsEnglish ? "?culture=en&done=1" : "?done=1"));
    }

    private static Html Done(HttpContext http) => http.Request.Query["done"] == "1"
        ? Html.Of($"""<p role="status">{Text.Bilingual("Đã kết thúc. Các thiết bị đó mất quyền truy cập trong vài giây.", "Ended. Those devices lose access within seconds.")}</p>""")
        : Html.Empty;

    private static Html Item(Session session, bool current, string action, Html token) => Html.Of($"""
        <li>
        <p><strong>{(session.Device.Length > 0 ? session.Device : Text.Bilingual("Thiết bị không rõ", "Unknown device"))}</strong>{(current ? Text.Bilingual(" (phiên này)", " (this one)") : "")}</p>
        <p>{Text.Bilingual("Đăng nhập", "Signed in")}: {Moment(session.StartedAt)}. {Text.Bilingual("Dùng lần cuối", "Last used")}: {Moment(session.LastSeenAt)}. {Text.Bilingual("Mạng", "Network")}: {session.Address}</p>
        <form method="post" action="{action}">
        {token}
        <input type="hidden" name="session" value="{session.Id.ToString()}">
        <button type="submit">{Text.Bilingual("Đăng xuất thiết bị này", "Sign this device out")}</button>
        </form>
        </li>
        """);

    private static Html OthersForm(string action, Html token) => Html.Of($"""
        <form method="post" action="{action}">
        {token}
        <input type="hidden" name="session" value="{Others}">
        <button type="submit">{Text.Bilingual("Đăng xuất mọi thiết bị khác", "Sign out everywhere else")}</button>
        </form>
        """);

    private static string Moment(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, LocalTime.Zone).ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static RedirectHttpResult ToSignIn() => TypedResults.LocalRedirect("/account/sign-in?returnUrl=%2Faccount%2Fsessions");
}
