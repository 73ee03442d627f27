using HaLong.Identity.Domain;
using HaLong.Identity.SignIn;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;
using Page = HaLong.Identity.SignIn.Page;

namespace HaLong.Identity.Factors;

/// <summary>Shows new recovery codes, once.</summary>
internal sealed class RecoveryCodesPage(IAntiforgery antiforgery, PageOwners owners, SecondFactors factors, FactorChanges changes)
{
    public const string Path = "/account/recovery-codes";

    private static string Title => Text.Bilingual("Mã khôi phục", "Recovery codes");

    public async Task<IResult> GetAsync(HttpContext http, CancellationToken ct)
    {
        var (owner, elsewhere) = await owners.RequireFreshAsync(http, PageLink.Here(http), ct);
        return owner is null ? elsewhere! : await AskAsync(http, owner, StatusCodes.Status200OK, null, ct); // One of the two is there.
    }

    public async Task<IResult> PostAsync(HttpContext http, CancellationToken ct)
    {
        var form = await Forms.ReadAsync(http, antiforgery, ct);
        var (owner, elsewhere) = await owners.RequireFreshAsync(http, PageLink.To(http, Path), ct);
        if (owner is null)
            return elsewhere!; // One of the two is there.
        if (form is null)
            return await AskAsync(http, owner, StatusCodes.Status400BadRequest, IdentityErrors.FormExpired, ct);
        var renewed = await changes.RenewRecoveryCodesAsync(owner.Account, ct);
        return renewed.IsSuccess
            ? Show(http, renewed.Value, null, Title)
            : await AskAsync(http, owner, StatusCodes.Status409Conflict, renewed.Error, ct);
    }

    /// <summary>What was done, and the new codes where there are any.</summary>
    public static IResult Show(HttpContext http, IReadOnlyList<string> codes, string? returnUrl, string title)
    {
        var list = Html.Empty;
        foreach (var code in codes)
            list = Html.Of($"{list}<li>{code}</li>");
        var shown = codes.Count == 0 ? Html.Empty : Html.Of($"""
            <p class="notice" role="status">{Text.Bilingual(
                "Hãy chép lại hoặc in các mã này và cất ở nơi an toàn. Chúng chỉ hiện một lần; mỗi mã đăng nhập được một lần khi bạn không có điện thoại.",
                "Copy or print these codes and keep them safe. They are shown only once; each signs you in once when your phone is not at hand.")}</p>
            <ol class="codes">{list}</ol>
            """);
        return Page.Render(http, StatusCodes.Status200OK, title, Html.Of($"""
            {shown}
            <p><a href="{returnUrl ?? PageLink.To(http, SecurityPage.Path)}">{Text.Bilingual("Tiếp tục", "Continue")}</a></p>
            """));
    }

    private async Task<IResult> AskAsync(HttpContext http, PageOwner owner, int status, Error? error, CancellationToken ct)
    {
        var left = (await factors.OfAsync(owner.Account.Id, ct)).RecoveryCodes.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Page.Render(http, status, Title, Html.Of($"""
            {Forms.Summary(error)}
            <p>{Text.Bilingual($"Bạn còn {left} mã chưa dùng.", $"You have {left} unused codes left.")}
            {Text.Bilingual("Khi tạo mã mới, các mã cũ không dùng được nữa.", "Once you make new ones, the old ones no longer work.")}</p>
            {Forms.Button(http, antiforgery, Path, Text.Bilingual("Tạo mã mới", "Make new codes"))}
            {SecurityPage.BackLink(http)}
            """));
    }
}
