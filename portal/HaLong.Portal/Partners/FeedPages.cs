using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Partners;

/// <summary>The partner's user at the broker.</summary>
public sealed record AmqpAccess(string? Address, string VirtualHost, string User, string Exchange, string QueuePrefix, bool Ready, DateTimeOffset CreatedAt,
    DateTimeOffset PasswordSetAt);

/// <summary><c>/partner/feed</c> and <c>/partner/amqp</c>: events by cursor, and an own queue inside the network.</summary>
internal static class FeedPages
{
    private const string Feed = PartnerArea.Start + "/feed", Amqp = PartnerArea.Start + "/amqp";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(RouteGroupBuilder own)
    {
        own.MapGet("/feed", FeedAsync);
        own.MapGet("/amqp", (OfficeDesk desk) => AmqpAsync(Typed.Nothing, desk));
        own.MapPost("/amqp/{step}", (string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [Access, End], form, Amqp, t => AmqpAsync(t, desk)));
    }

    private static Task<IResult> FeedAsync(string? type, string? subject, string? after, OfficeDesk desk) =>
        desk.ShowAsync<Listed<JsonObject>>(Query.Of("events?limit=20", ("type", type), ("subject", subject), ("after", after)), Typed.Nothing,
            page => PartnerArea.Screen(Bilingual("Dòng sự kiện", "Event feed"), Typed.Nothing,
        [
            new Filter(Feed, new Ask("type", Bilingual("Loại (tiền tố)", "Type (prefix)"), AskKind.Text, type) { IsOptional = true },
                new Ask("subject", Bilingual("Hồ sơ (mã định danh)", "Dossier (id)"), AskKind.Text, subject) { IsOptional = true },
                new Ask("after", Bilingual("Sau con trỏ", "After the cursor"), AskKind.Text, after) { IsOptional = true }),
            new Facts(new FactLine(Bilingual("Con trỏ cho lần hỏi sau", "Cursor for the next question"), page.Value!.After)),
            // The cursor never ends: the next page is offered while there is something on this one.
            new Table(Bilingual("Sự kiện, cũ nhất trước", "Events, the oldest first"),
                [Bilingual("Loại", "Type"), Bilingual("Hồ sơ", "Dossier"), Bilingual("Thứ tự", "Sequence"), Bilingual("Lúc", "When")],
                [.. page.Value.Items.Select(e => (IReadOnlyList<Cell>)[e["type"]?.ToString(), e["subject"]?.ToString(), e["sequence"]?.ToString(),
                    DateTimeOffset.TryParse(e["time"]?.ToString(), out var at) ? Moment.Of(at) : ""])],
                null, page.Value is { Items.Count: > 0, After: { } next } ? Query.Of(Feed, ("type", type), ("subject", subject), ("after", next)) : null),
            .. page.Value.Items.Select(e => new Verbatim($"{e["type"]} · {e["id"]}", e.ToJsonString(Indented))),
        ]));

    private static async Task<IResult> AmqpAsync(Typed typed, OfficeDesk desk)
    {
        var answer = await desk.GetAsync<AmqpAccess>("amqp-access");
        // Not there is an answer here.
        if (answer.Status != System.Net.HttpStatusCode.NotFound && desk.Stop(answer) is { } otherwise)
            return otherwise;
        return OfficeDesk.Of(PartnerArea.Screen(Bilingual("Hàng đợi AMQP", "AMQP"), typed,
            answer.Value is { } a
                ? new Facts(
                    new(Bilingual("Địa chỉ", "Address"), a.Address), new(Bilingual("Virtual host", "Virtual host"), a.VirtualHost),
                    new(Bilingual("Người dùng", "User"), a.User), new("Exchange", a.Exchange),
                    new(Bilingual("Tên hàng đợi bắt đầu bằng", "Queues begin with"), a.QueuePrefix),
                    new(Bilingual("Sẵn sàng", "Ready"), Labels.YesNo(a.Ready)), new(Bilingual("Mật khẩu từ", "Password since"), Moment.Of(a.PasswordSetAt)))
                : new Notice(Bilingual("Chưa có. Chỉ dành cho hệ thống trong mạng nội bộ của thành phố.",
                    "There is none. It is for systems inside the city’s network.")),
            new Steps(Amqp, answer.Version, Access, answer.Value is null ? null : End)), typed);
    }

    private static Step Access => new("access", Bilingual("Cấp truy cập hoặc mật khẩu mới", "Give access, or a new password"), HttpMethod.Post, "amqp-access")
    {
        Show = a => PartnerArea.Screen(Bilingual("Truy cập AMQP", "AMQP access"), Typed.Nothing,
            new Notice(Bilingual("Mật khẩu chỉ hiện một lần.", "The password is shown once."), "warning"),
            new Facts(new FactLine(Bilingual("Địa chỉ", "Address"), a?["address"]?.ToString()),
                new FactLine(Bilingual("Người dùng", "User"), a?["user"]?.ToString()),
                new FactLine(Bilingual("Mật khẩu", "Password"), a?["password"]?.ToString()))) with
        { Back = new("AMQP", Amqp) },
        IsGrave = true,
        Hint = Bilingual("Mật khẩu cũ không mở được kết nối mới.", "The old password opens no new connection."),
    };

    private static Step End => new("end", Bilingual("Chấm dứt truy cập", "End the access"), HttpMethod.Delete, "amqp-access") { IsGrave = true };
}
