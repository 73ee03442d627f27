using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using HaLong.Portal.Session;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Partners;

/// <summary><c>/partner</c>: what there is for partners' systems, for anybody; and their own subscriptions and deliveries, for whoever has a client's id and secret.</summary>
internal static class PartnerArea
{
    public const string Start = "/partner", SignIn = "/partner/sign-in";

    public static IReadOnlyList<Cell> Ways =>
    [
        new(Bilingual("Dành cho đối tác", "For partners"), Start),
        new(Bilingual("Đăng ký nhận sự kiện", "Subscriptions"), Start + "/subscriptions"),
        new(Bilingual("Dòng sự kiện", "Event feed"), Start + "/feed"),
        new(Bilingual("Hàng đợi AMQP", "AMQP"), Start + "/amqp"),
    ];

    public static void MapPartners(this IEndpointRouteBuilder app)
    {
        var open = app.MapGroup(Start).AllowAnonymous();
        open.MapGet("", CatalogueAsync);
        open.MapGet("/sign-in", (string? to) => OfficeDesk.Of(SignInPage(to, Typed.Nothing), Typed.Nothing));
        open.MapPost("/sign-in/open", OpenAsync);
        open.MapPost("/sign-out/now", async (IFormCollection _, PartnerSession session, HttpContext context) =>
        {
            await session.EndAsync(context);
            return Pages.Go(Start);
        });

        var own = app.MapGroup(Start).AllowAnonymous().WithMetadata(new SignInAt(SignIn)).AddEndpointFilter(AsPartnerAsync);
        SubscriptionPages.Map(own);
        DeliveryPages.Map(own);
        FeedPages.Map(own);
    }

    /// <summary>A page of the area.</summary>
    public static Screen Screen(string title, Typed typed, params IReadOnlyList<Part?> parts) => new(title, Ways, typed, parts);

    private static async ValueTask<object?> AsPartnerAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var session = context.RequestServices.GetRequiredService<PartnerSession>();
        if (await session.ReadAsync(context, context.RequestAborted) is not { } partner)
            return Pages.Go(Query.Of(SignIn, ("to", HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString
                : Start + "/subscriptions")));
        context.Features.Set(new PartnerToken(partner.Token));
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        return await next(invocation);
    }

    private static async Task<IResult> OpenAsync(IFormCollection form, PartnerSession session, HttpContext context, CancellationToken ct)
    {
        var (to, clientId, secret) = (form["to"].ToString(), form["clientId"].ToString().Trim(), form["secret"].ToString().Trim());
        Answer<string> refused;
        try
        {
            if (clientId.Length > 0 && secret.Length > 0 && await session.BeginAsync(context, clientId, secret, ct))
                return Pages.Go(SessionPages.Local(to) is var local && local.StartsWith(Start, StringComparison.Ordinal) ? local : Start + "/subscriptions");
            refused = new Answer<string>(System.Net.HttpStatusCode.Forbidden, null,
                new Trouble(Bilingual("Mã ứng dụng hoặc mã bí mật không đúng, hoặc ứng dụng đã bị tắt.", "Id or secret is wrong, or the client is disabled."), null,
                null, null), null);
        }
        catch (Exception e) when (e is HttpRequestException or StackExchange.Redis.RedisException or InvalidOperationException)
        {
            refused = new Answer<string>(System.Net.HttpStatusCode.ServiceUnavailable, null, Trouble.Unreachable, null);
        }

        var typed = Typed.Again("open", form, refused);
        return OfficeDesk.Of(SignInPage(to, typed), typed);
    }

    private static Screen SignInPage(string? to, Typed typed) => Screen(Bilingual("Đăng nhập của đối tác", "Partner sign-in"), typed,
        new Notice(Bilingual("Đăng ký nhận sự kiện thuộc về ứng dụng, không thuộc về người dùng: hãy dùng mã ứng dụng và mã bí mật đã được cấp.",
            "Subscriptions belong to clients and not to people: use the id and secret that you were given.")),
        new Steps(SignIn, null, new Step("open", Bilingual("Đăng nhập", "Sign in"), HttpMethod.Post, "",
            new Ask("to", "", AskKind.Hidden, to), new Ask("clientId", Bilingual("Mã ứng dụng", "Client id")) { Longest = 63 },
            new Ask("secret", Bilingual("Mã bí mật", "Secret"),
                AskKind.Secret)
            {
                Hint = Bilingual("Ứng dụng dùng khóa riêng (private_key_jwt) gọi API trực tiếp, không dùng trang này.",
                "Clients with a key of their own (private_key_jwt) ask the API, not this page.")
            })
        { IsOpen = true }));

    private static async Task<IResult> CatalogueAsync(PartnerSession session, AsyncApi catalogue, HttpContext context, CancellationToken ct)
    {
        var (partner, events) = (await session.ReadAsync(context, ct), await catalogue.EventsAsync(ct));
        return OfficeDesk.Of(Screen(Bilingual("Dành cho đối tác", "For partners"), Typed.Nothing,
            new Bullets(Bilingual("Ba cách nhận sự kiện của hồ sơ", "Three ways to get the events of dossiers"),
            [
                Bilingual("Webhook: nền tảng gọi địa chỉ https của bạn, có chữ ký, gửi lại trong một ngày rưỡi.",
                    "Webhook: the platform calls your https address, signed, and tries again for a day and a half."),
                Bilingual("Dòng sự kiện: hệ thống của bạn tự hỏi, theo con trỏ, không sót sự kiện nào.", "Feed: your system asks, by a cursor, and misses nothing."),
                Bilingual("AMQP: trong mạng nội bộ, một hàng đợi riêng.", "AMQP: inside the network, a queue of your own."),
            ]),
            new Bullets(Bilingual("Bắt đầu", "How to begin"),
            [
                Bilingual("Gửi đề nghị đến quản trị viên của thành phố: tên hệ thống, người và thư liên hệ. Quản trị viên đăng ký ứng dụng và giao mã bí mật một lần.",
                    "Ask the city’s administrator: name of the system, contact and mailbox. The administrator registers the client and hands over its secret once."),
                Bilingual("Đăng nhập ở đây bằng mã ứng dụng và mã bí mật, tạo đăng ký nhận sự kiện, chứng minh địa chỉ, gửi sự kiện thử.",
                    "Sign in here with id and secret, make a subscription, prove the address, send a test event."),
                Bilingual("Kiểm tra chữ ký Standard Webhooks ở mỗi lần nhận; bỏ qua sự kiện có mã đã thấy.",
                    "Check the Standard Webhooks signature each time; drop events whose id you have seen."),
            ]),
            new Links(new(Bilingual("Mô tả cho máy (AsyncAPI)", "For machines (AsyncAPI)"), "/asyncapi/v1.json"),
                new(Bilingual("Tài liệu API", "API documentation"), "/docs"),
                partner is null ? new(Bilingual("Đăng nhập của đối tác", "Partner sign-in"), SignIn)
                    : new(Bilingual("Đăng ký của tôi", "My subscriptions"), Start + "/subscriptions")),
            events is null
                ? new Notice(Bilingual("Danh mục sự kiện tạm thời không đọc được.", "The catalogue of events cannot be read at the moment."), "warning")
                : new Table(Bilingual("Sự kiện", "Events"), [Bilingual("Loại", "Type"), Bilingual("Ý nghĩa", "Meaning"), Bilingual("Lược đồ", "Schema")],
                    [.. events.Select(e => (IReadOnlyList<Cell>)[e.Type, e.Summary,
                        new Cell(Bilingual("Lược đồ dữ liệu", "Schema of the data"), $"/schemas/events/{e.Type}.json")])]),
            partner is null ? null : new Steps(Start + "/sign-out", null,
                new Step("now", Bilingual($"Đăng xuất {partner.ClientId}", $"Sign {partner.ClientId} out"), HttpMethod.Post, ""))), Typed.Nothing);
    }
}
