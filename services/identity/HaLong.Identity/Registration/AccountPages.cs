using HaLong.Identity.Domain;
using HaLong.Identity.Passwords;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Registration;

/// <summary>The pages of people who have no account yet or cannot get into it.</summary>
internal static class AccountPages
{
    public static void MapAccountPages(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        pages.MapGet(RegisterPage.Path, (RegisterPage page, HttpContext http, CancellationToken ct) => page.GetAsync(http, ct));
        pages.MapPost(RegisterPage.Path, (RegisterPage page, HttpContext http, CancellationToken ct) => page.PostAsync(http, ct));
        pages.MapGet(RegisterPage.ConfirmPath, (RegisterPage page, HttpContext http, Guid id, CancellationToken ct) => page.GetConfirmAsync(http, id, ct));
        pages.MapPost(RegisterPage.ConfirmPath, (RegisterPage page, HttpContext http, Guid id, CancellationToken ct) => page.PostConfirmAsync(http, id, ct));
        pages.MapPost(RegisterPage.ResendPath, (RegisterPage page, HttpContext http, Guid id, CancellationToken ct) => page.ResendAsync(http, id, ct));
        pages.MapGet(RegisterPage.DonePath, RegisterPage.Done);
        pages.MapGet(ForgotPage.Path, (ForgotPage page, HttpContext http) => page.Get(http));
        pages.MapPost(ForgotPage.Path, (ForgotPage page, HttpContext http, CancellationToken ct) => page.PostAsync(http, ct));
        pages.MapGet(ForgotPage.ConfirmPath, (ForgotPage page, HttpContext http, Guid id) => page.GetConfirm(http, id));
        pages.MapPost(ForgotPage.ConfirmPath, (ForgotPage page, HttpContext http, Guid id, CancellationToken ct) => page.PostConfirmAsync(http, id, ct));
        pages.MapPost(ForgotPage.ResendPath, (ForgotPage page, HttpContext http, Guid id, CancellationToken ct) => page.ResendAsync(http, id, ct));
        pages.MapGet(ForgotPage.DonePath, ForgotPage.Done);
    }

    /// <summary>An address with the id of a request; the language chosen by link survives.</summary>
    public static string WithId(HttpContext http, string path, Guid id) =>
        path + QueryString.Create("id", id.ToString()).Add(QueryString.Create(http.Request.Query.Where(q => q.Key == "culture")));

    /// <summary>The status of a page that shows a refusal; says when to come back.</summary>
    public static int Status(HttpContext http, Error error)
    {
        if (error.RetryAfterSeconds is { } seconds)
            Forms.RetryAfter(http, TimeSpan.FromSeconds(seconds));
        return error.Kind switch
        {
            ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
            ErrorKind.NotFound => StatusCodes.Status404NotFound,
            ErrorKind.Conflict => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status400BadRequest,
        };
    }

    /// <summary>The request that an address names has run out.</summary>
    public static IResult Gone(HttpContext http, string again) => Page.Render(
        http, StatusCodes.Status404NotFound, Text.Bilingual("Yêu cầu đã hết hạn", "This request has run out"), Html.Of($"""
            {Forms.Summary(IdentityErrors.CodeUnknown)}
            <p><a href="{PageLink.To(http, again)}">{Text.Bilingual("Bắt đầu lại", "Start again")}</a></p>
            """));

    public static Html Code(FormFields fields) => fields.Input(
        "code", Text.Bilingual("Mã xác nhận", "Code"), """inputmode="numeric" maxlength="7" autocomplete="one-time-code" required""", keep: false);

    public static Html NewPassword(FormFields fields) => fields.Input(
        "password", Text.Bilingual("Mật khẩu mới", "New password"), """type="password" maxlength="200" autocomplete="new-password" required""",
        Text.Bilingual("Ít nhất 10 ký tự. Một câu vài từ dễ nhớ là tốt nhất.", "At least 10 characters. A sentence of a few words is best."), keep: false);

    public static Html Warnings(IReadOnlyList<Warning> warnings)
    {
        var list = Html.Empty;
        foreach (var warning in warnings)
            list = Html.Of($"""{list}<li>{warning.View.Message}</li>""");
        return warnings.Count == 0 ? list : Html.Of($"""<div class="notice" role="status"><ul>{list}</ul></div>""");
    }
}
