using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Clients;

/// <summary>A client of the platform.</summary>
public sealed record Client(
    string ClientId, string? Name, string? Type, string? Authentication, string? Grant, IReadOnlyList<string> Scopes, IReadOnlyList<string> RedirectUris,
    IReadOnlyList<string> PostLogoutRedirectUris,
    string? BackchannelLogoutUri, IReadOnlyList<string> KeyIds, string ManagedBy, bool Disabled, DateTimeOffset? CreatedAt, string? ContactEmail);

/// <summary><c>/admin/clients</c>: which systems may ask the platform. A secret is shown once.</summary>
internal static class ClientPages
{
    private const string Here = "/admin/clients";

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/clients", (string? after, OfficeDesk desk) => ListAsync(after, Typed.Nothing, desk));
        group.MapPost("/clients/{step}", (string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [NewPartner, NewFrontEnd], form, Here, t => ListAsync(null, t, desk)));
        group.MapGet("/clients/{clientId}", (string clientId, OfficeDesk desk) => ShowAsync(clientId, Typed.Nothing, desk));
        group.MapPost("/clients/{clientId}/{step}", TakeAsync);
    }

    private static string Path(string clientId) => "admin/clients/" + Uri.EscapeDataString(clientId);

    private static Task<IResult> ListAsync(string? after, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<Listed<Client>>(Query.Of("admin/clients?limit=50", ("after", after)), typed, clients =>
        AdminArea.Screen(Bilingual("Ứng dụng đối tác", "Partner clients"), typed,
            new Links(new Cell(Bilingual("Trang tự phục vụ của đối tác", "The partners’ own pages"), "/partner")),
            Lists.Of(clients, Bilingual("Ứng dụng", "Clients"), Here,
                [Bilingual("Tên", "Name"), Bilingual("Mã", "Id"), Bilingual("Loại", "Kind"), Bilingual("Phạm vi", "Scopes"), Bilingual("Trạng thái", "State")],
                c => [new Cell(c.Name ?? c.ClientId, $"{Here}/{c.ClientId}"), c.ClientId, Labels.Name(c.Grant), string.Join(", ", c.Scopes),
                    Labels.State(c.Disabled ? "disabled" : "enabled")]),
            new Steps(Here, null, NewPartner, NewFrontEnd)));

    private static async Task<IResult> TakeAsync(string clientId, string step, IFormCollection form, OfficeDesk desk)
    {
        var client = await desk.GetAsync<Client>(Path(clientId));
        return desk.Stop(client) ?? await desk.TakeAsync(step, Steps(client.Value!), form, $"{Here}/{clientId}", t => ShowAsync(clientId, t, desk));
    }

    private static Task<IResult> ShowAsync(string clientId, Typed typed, OfficeDesk desk) => desk.ShowAsync<Client>(Path(clientId), typed, answer =>
    {
        var c = answer.Value!;
        return AdminArea.Screen(c.Name ?? c.ClientId, typed,
            c.ManagedBy == "administrators" ? null : new Notice(Bilingual("Ứng dụng của chính nền tảng, quản lý bằng cấu hình.",
                "A client of the platform itself, kept by its configuration.")),
            new Facts(
                new(Bilingual("Mã", "Id"), c.ClientId), new(Bilingual("Trạng thái", "State"), Labels.State(c.Disabled ? "disabled" : "enabled")),
                new(Bilingual("Loại", "Type"), Labels.Name(c.Type)),
                new(Bilingual("Cách cấp", "Grant"), Labels.Name(c.Grant)), new(Bilingual("Xác thực", "Authentication"), Labels.Name(c.Authentication)),
                new(Bilingual("Phạm vi", "Scopes"), string.Join(", ", c.Scopes)),
                new(Bilingual("Địa chỉ chuyển về", "Redirect addresses"), string.Join(", ", c.RedirectUris)),
                new(Bilingual("Khóa", "Keys"), string.Join(", ", c.KeyIds)),
                new(Bilingual("Thư liên hệ", "Contact"), c.ContactEmail), new(Bilingual("Đăng ký lúc", "Registered"), Lists.At(c.CreatedAt))),
            new Notice(Bilingual("Đăng ký nhận sự kiện và nhật ký gửi của ứng dụng do chính đối tác xem tại /partner.",
                "Its subscriptions and delivery log are seen by the partner itself at /partner.")),
            c.ManagedBy == "administrators" ? new Steps($"{Here}/{c.ClientId}", answer.Version, Steps(c)) : null) with
        { Back = new(Bilingual("Ứng dụng đối tác", "Partner clients"), Here) };
    });

    private static IReadOnlyList<Step?> Steps(Client c) => c.Disabled
        ?
        [
            new("activation", Bilingual("Bật lại", "Enable again"), HttpMethod.Post, Path(c.ClientId) + "/activation"),
            Delete(c),
        ]
        :
        [
            Edit(c),
            c.Authentication == "secret"
                ? new("secret", Bilingual("Cấp mã bí mật mới", "New secret"), HttpMethod.Post, Path(c.ClientId) + "/secret") { Show = Secret, IsGrave = true,
                    Hint = Bilingual("Mã cũ hết hiệu lực ngay.", "The old one ends at once.") }
                : null,
            new("deactivation", Bilingual("Tắt ứng dụng", "Disable"), HttpMethod.Post, Path(c.ClientId) + "/deactivation") { IsGrave = true,
                Hint = Bilingual("Mọi mã truy cập của ứng dụng hết hiệu lực; việc gửi sự kiện bị đình chỉ.", "All its tokens are void; deliveries are suspended.") },
            Delete(c),
        ];

    private static Step Delete(Client c) => new("deletion", Bilingual("Xóa ứng dụng", "Delete"), HttpMethod.Delete, Path(c.ClientId))
    {
        IsGrave = true,
        Then = _ => Here,
        Hint = Bilingual("Không khôi phục được.", "It cannot be brought back.")
    };

    private static Step Edit(Client c) => new("edit", Bilingual("Sửa thông tin", "Change"), HttpMethod.Put, Path(c.ClientId),
    [
        new Ask("name", Bilingual("Tên", "Name"), AskKind.Text, c.Name) { Longest = 100 },
        new Ask("contactEmail", Bilingual("Thư liên hệ", "Contact mailbox"), AskKind.Text, c.ContactEmail) { IsOptional = true },
        .. c.Grant == "authorizationCode" ? Redirects(c) : [],
        .. c.Authentication == "privateKeyJwt" ? [AllKeys] : Array.Empty<Ask>(),
    ])
    { Known = new JsonObject { ["scopes"] = new JsonArray([.. c.Scopes.Select(s => (JsonNode)s)]), ["backchannelLogoutUri"] = c.BackchannelLogoutUri } };

    private static Ask[] Redirects(Client? c) =>
    [
        new("redirectUris", Bilingual("Địa chỉ chuyển về (mỗi dòng một địa chỉ)", "Redirect addresses (one a line)"), AskKind.Lines,
            string.Join('\n', c?.RedirectUris ?? [])),
        new("postLogoutRedirectUris", Bilingual("Địa chỉ sau khi đăng xuất", "Addresses after signing out"), AskKind.Lines,
            string.Join('\n', c?.PostLogoutRedirectUris ?? [])) { IsOptional = true },
    ];

    private static Ask Keys => new("jwks", Bilingual("Khóa công khai (JWK Set)", "Public keys (JWK Set)"), AskKind.Json) { IsOptional = true };

    // The API gives no keys back, and takes what is sent for all there are.
    private static Ask AllKeys => Keys with
    {
        IsOptional = false,
        Hint = Bilingual("Nhập lại toàn bộ khóa đang dùng: khóa không có ở đây hết hiệu lực.", "All keys in use, once more: what is not here counts no more."),
    };

    private static IEnumerable<Ask> Who =>
    [
        new("clientId", Bilingual("Mã ứng dụng", "Id"), AskKind.Text) { Longest = 63,
            Hint = Bilingual("3–63 chữ thường, số, dấu chấm, gạch ngang; không đổi được về sau.", "3 to 63 lower-case letters, digits, dots or dashes; for ever.") },
        new("name", Bilingual("Tên", "Name")) { Longest = 100 },
        new("contactEmail", Bilingual("Thư liên hệ", "Contact mailbox")) { IsOptional = true },
    ];

    private static Step NewPartner => new("partner", Bilingual("Đăng ký hệ thống nhận sự kiện", "Register a system that gets events"), HttpMethod.Post,
        "admin/clients",
        [.. Who, new Ask("authentication", Bilingual("Xác thực", "Authentication"), AskKind.Choice,
            "secret") { Choices = Labels.Choices("secret", "privateKeyJwt") }, Keys])
    { Known = new JsonObject { ["type"] = "confidential", ["grant"] = "clientCredentials", ["scopes"] = new JsonArray("halong.events") }, Show = Secret };

    private static Step NewFrontEnd => new("front-end", Bilingual("Đăng ký giao diện người dùng", "Register a front end"), HttpMethod.Post, "admin/clients",
        [.. Who,
            new Ask("scopes", Bilingual("Phạm vi", "Scopes"), AskKind.Choices,
                "openid\nhalong.api") { Choices = [.. new[] { "openid", "profile", "email", "offline_access", "halong.api" }.Select(s => new Choice(s, s))] },
            .. Redirects(null)])
    { Known = new JsonObject { ["type"] = "public", ["grant"] = "authorizationCode" }, Then = c => $"{Here}/{c?["client"]?["clientId"]}" };

    private static Screen Secret(JsonNode? answer)
    {
        var (id, secret) = (answer?["client"]?["clientId"]?.ToString(), answer?["clientSecret"]?.ToString());
        return AdminArea.Screen(Bilingual("Mã bí mật của ứng dụng", "The client’s secret"), Typed.Nothing,
            secret is null
                ? new Notice(Bilingual("Ứng dụng dùng khóa riêng, không có mã bí mật.", "The client uses a key of its own and has no secret."))
                : new Notice(Bilingual("Mã này chỉ hiện một lần. Chuyển cho đối tác qua kênh an toàn; mất thì cấp mã mới.",
                    "It is shown once. Hand it over by a safe way; a lost one is replaced by a new one."), "warning"),
            new Facts(new FactLine(Bilingual("Mã ứng dụng", "Client"), id), new FactLine(Bilingual("Mã bí mật", "Secret"), secret))) with
        { Back = new(id ?? Here, $"{Here}/{id}") };
    }
}
