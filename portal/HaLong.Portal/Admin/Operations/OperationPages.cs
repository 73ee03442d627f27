using HaLong.Portal.Api;
using HaLong.Portal.Design;
using HaLong.Portal.Design.Desk;
using static HaLong.ServiceDefaults.Text;

namespace HaLong.Portal.Admin.Operations;

/// <summary>Who carries messages.</summary>
public sealed record Provider(string Name, string Channel, bool IsOn, string Mode, string? Reason, DateTimeOffset? ChangedAt, double ConfiguredWeight, double Weight,
    int Attempts, int Bad, DateTimeOffset? MeasuredAt, bool CircuitOpen, double? PerSecond);

/// <summary>A seal of a unit.</summary>
public sealed record Seal(string UnitCode, string SerialNumber, string Subject, DateTimeOffset NotAfter, string Status);

/// <summary>A certificate that an official brought.</summary>
public sealed record ImportedCertificate(Guid AccountId, string UnitCode, string Subject, DateTimeOffset NotAfter, string Status);

/// <summary>A signing key of an official.</summary>
public sealed record OfficialCredential(string Subject, string? UnitCode, string State, DateTimeOffset NotAfter);

/// <summary>A point of the evidence chain that was time-stamped.</summary>
public sealed record Anchor(string Service, DateTimeOffset StampedAt, long Count);

/// <summary>What a verification of the evidence found.</summary>
public sealed record EvidenceReport(string Service, long Rows, long Waiting, int Anchors, bool Witnessed, long Problems, IReadOnlyList<EvidenceFinding> Findings);

/// <summary>Something that is not as it was written.</summary>
public sealed record EvidenceFinding(string Problem, int Partition, long? Position, string Detail);

/// <summary>How far the national portal follows.</summary>
public sealed record PortalOverview(bool Connected, string Circuit, string? CircuitReason, long Pending, DateTimeOffset? OldestPending, long SentUnknown,
    long Acknowledged, long Rejected, long HealedToday);

/// <summary><c>/admin/operations</c>: whether the city's channels, seals, chains and outside systems do their work.</summary>
internal static class OperationPages
{
    internal const string Here = "/admin/operations";
    private static readonly string[] Services = ["dossier", "identity", "notification", "payment", "e-signature"], Modes = ["enabled", "disabled", "preferred"];

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/operations", ShowAsync);
        group.MapGet("/operations/providers/{name}", (string name, OfficeDesk desk) => ProviderAsync(name, Typed.Nothing, desk));
        group.MapPost("/operations/providers/{name}/{step}",
            (string name, string step, IFormCollection form, OfficeDesk desk) =>
            desk.TakeAsync(step, [Switch(name, null)], form, Here, t => ProviderAsync(name, t, desk)));
        group.MapGet("/operations/evidence/{service}", EvidenceAsync);
    }

    private static async Task<IResult> ShowAsync(OfficeDesk desk, TimeProvider time)
    {
        var (providers, seals, certificates, portal, soon) = (
            desk.GetAsync<IReadOnlyList<Provider>>("admin/message-providers"), desk.GetAsync<Listed<Seal>>("admin/seals?limit=100"),
            desk.GetAsync<Listed<ImportedCertificate>>("admin/imported-certificates?limit=100"),
            desk.GetAsync<PortalOverview>("admin/portal/overview"), time.GetUtcNow().AddDays(60));
        var credentials = desk.GetAsync<Listed<OfficialCredential>>("admin/credentials?state=active&limit=100");
        var anchors = await Task.WhenAll(Services.Select(async s =>
            (Service: s, Anchor: await desk.GetAsync<Listed<Anchor>>($"evidence/anchors?service={s}&limit=1"))));
        var counts = await Task.WhenAll(MessagePages.States.Select(async s =>
            (State: s, Count: Lists.Count(await desk.GetAsync<Listed<OutgoingMessage>>($"admin/messages?state={s}&limit=100")))));
        var first = await providers;
        if ((int)first.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden && desk.Stop(first) is { } otherwise)
            return otherwise;
        return OfficeDesk.Of(AdminArea.Screen(Bilingual("Vận hành", "Operations"), Typed.Nothing,
            new Links(new Cell(Bilingual("Hồ sơ chờ quá lâu", "Waits"), Here + "/waits"),
                new Cell(Bilingual("Đối chiếu Cổng Dịch vụ công quốc gia", "Comparison with the national portal"), Here + "/national")),
            Lists.Of(first, Bilingual("Kênh gửi tin", "Message providers"),
                [Bilingual("Tên", "Name"), Bilingual("Kênh", "Channel"), Bilingual("Chế độ", "Mode"), Bilingual("Tình trạng", "Health"),
                Bilingual("Lỗi hoặc chậm", "Bad"), Bilingual("Phần", "Share")],
                p => [new Cell(p.Name, $"{Here}/providers/{p.Name}"), Labels.Name(p.Channel), Labels.State(p.Mode), Health(p), $"{p.Bad}/{p.Attempts}",
                    $"{p.Weight:0.##}/{p.ConfiguredWeight:0.##}"]),
            new Table(Bilingual("Tin nhắn", "Messages"), [Bilingual("Trạng thái", "State"), Bilingual("Số lượng", "How many")],
                [.. counts.Select(c => (IReadOnlyList<Cell>)[new Cell(Labels.State(c.State).Text, $"{Here}/messages?state={c.State}"), c.Count])]),
            Portal(await portal),
            Lists.Of(await seals, Bilingual("Con dấu điện tử", "Seals"), null,
                [Bilingual("Đơn vị", "Unit"), Bilingual("Chủ thể", "Subject"), Bilingual("Trạng thái", "State"), Bilingual("Hết hạn", "Expires")],
                s => [s.UnitCode, s.Subject, Labels.State(s.Status), Expiry(s.NotAfter, soon)]),
            Lists.Of(await certificates, Bilingual("Chứng thư của cán bộ", "Certificates of officials"), null,
                [Bilingual("Chủ thể", "Subject"), Bilingual("Đơn vị", "Unit"), Bilingual("Trạng thái", "State"), Bilingual("Hết hạn", "Expires")],
                c => [c.Subject, c.UnitCode, Labels.State(c.Status), Expiry(c.NotAfter, soon)]),
            Lists.Of(await credentials, Bilingual("Khóa ký của cán bộ", "Signing keys of officials"), null,
                [Bilingual("Chủ thể", "Subject"), Bilingual("Đơn vị", "Unit"), Bilingual("Trạng thái", "State"), Bilingual("Hết hạn", "Expires")],
                c => [c.Subject, c.UnitCode, Labels.State(c.State), Expiry(c.NotAfter, soon)]),
            new Table(Bilingual("Chuỗi bằng chứng", "Evidence chains"),
                [Bilingual("Dịch vụ", "Service"), Bilingual("Đóng dấu thời gian lần cuối", "Last time-stamp"), Bilingual("Kiểm tra", "Verify")],
                [.. anchors.Select(a => (IReadOnlyList<Cell>)[a.Service, Stamp(a.Anchor),
                    new Cell(Bilingual("Kiểm tra ngay", "Verify now"), $"{Here}/evidence/{a.Service}")])])), Typed.Nothing);
    }

    private static Cell Health(Provider p) => !p.IsOn ? new Cell(Bilingual("chưa cấu hình", "not set up"), null, "neutral") : p.CircuitOpen
        ? new Cell(Bilingual("ngắt mạch", "circuit open"), null, "danger") : new Cell(Bilingual("bình thường", "fine"), null, "success");

    private static Cell Expiry(DateTimeOffset at, DateTimeOffset soon) =>
        at < soon ? new Cell(Bilingual($"{Moment.Of(at)}, sắp hoặc đã hết hạn", $"{Moment.Of(at)}, soon or past"), null, "warning") : Moment.Of(at);

    private static Cell Stamp(Answer<Listed<Anchor>> anchors) => anchors.Value is { Items: [var last, ..] } ? Moment.Of(last.StampedAt) : anchors.IsSuccess
        ? Bilingual("chưa có", "none yet") : Bilingual("không đọc được", "cannot be read");

    private static Part Portal(Answer<PortalOverview> answer) =>
        answer.Value is not { } p ? Lists.Unread(Bilingual("Cổng Dịch vụ công quốc gia", "National portal"), answer.Trouble) : new Table(
        Bilingual("Cổng Dịch vụ công quốc gia", "National portal"), [Bilingual("Mục", "What"), Bilingual("Giá trị", "Value")],
        [
            [Bilingual("Kết nối", "Connection"), p.Connected ? new Cell(Bilingual("đã nối", "connected"), null, "success")
                : new Cell(Bilingual("chưa nối", "not connected"), null, "warning")],
            [Bilingual("Mạch", "Circuit"), p.CircuitReason is null ? p.Circuit : $"{p.Circuit}: {p.CircuitReason}"],
            [Bilingual("Chờ gửi", "Pending"), $"{p.Pending} {Lists.At(p.OldestPending)}"],
            [Bilingual("Đã gửi, chưa rõ kết quả", "Sent, not known"), $"{p.SentUnknown}"],
            [Bilingual("Bị từ chối", "Rejected"), $"{p.Rejected}"], [Bilingual("Đã khớp lại hôm nay", "Healed today"), $"{p.HealedToday}"],
        ]);

    private static Task<IResult> ProviderAsync(string name, Typed typed, OfficeDesk desk) =>
        desk.ShowAsync<Provider>("admin/message-providers/" + Uri.EscapeDataString(name), typed, answer =>
    {
        var p = answer.Value!;
        return AdminArea.Screen(p.Name, typed,
            new Facts(
                new(Bilingual("Kênh", "Channel"), Labels.Name(p.Channel)), new(Bilingual("Chế độ", "Mode"), Labels.State(p.Mode)),
                new(Bilingual("Tình trạng", "Health"), Health(p)), new(Bilingual("Lý do", "Reason"), p.Reason),
                new(Bilingual("Đổi lúc", "Changed"), Lists.At(p.ChangedAt)), new(Bilingual("Lần gửi", "Attempts"), $"{p.Attempts}"),
                new(Bilingual("Lỗi hoặc chậm", "Bad"), $"{p.Bad}"), new(Bilingual("Đo lúc", "Measured"), Lists.At(p.MeasuredAt)),
                new(Bilingual("Tối đa mỗi giây", "Per second at most"), p.PerSecond?.ToString(System.Globalization.CultureInfo.InvariantCulture))),
            new Steps($"{Here}/providers/{p.Name}", answer.Version, Switch(p.Name, p.Mode))) with
        { Back = new(Bilingual("Vận hành", "Operations"), Here) };
    });

    private static Step Switch(string name, string? mode) =>
        new("mode", Bilingual("Đổi chế độ", "Change the mode"), HttpMethod.Patch, "admin/message-providers/" + Uri.EscapeDataString(name),
        new Ask("mode", Bilingual("Chế độ", "Mode"), AskKind.Choice, mode) { Choices = [.. Modes.Select(m => new Choice(m, Labels.State(m).Text))] },
        new Ask("reason", Bilingual("Lý do", "Reason"), AskKind.Area) { Longest = 500 })
        {
            IsOpen = true,
            Hint = Bilingual("Kênh tắt không nhận tin mới, vẫn được hỏi về tin đã gửi.",
        "A disabled provider gets nothing new and is still asked about what it has.")
        };

    private static async Task<IResult> EvidenceAsync(string service, string? from, string? to, OfficeDesk desk)
    {
        if (!Services.Contains(service))
            return Pages.Of<NotFound>(StatusCodes.Status404NotFound);
        var answer = await desk.GetAsync<EvidenceReport>(Query.Of($"admin/evidence/{service}/verification", ("from", from), ("to", to)));
        if (desk.Stop(answer) is { } otherwise)
            return otherwise;
        var r = answer.Value!;
        return OfficeDesk.Of(AdminArea.Screen(Bilingual($"Bằng chứng của {service}", $"Evidence of {service}"), Typed.Nothing,
            r.Problems == 0 ? new Notice(Bilingual("Không có gì bị sửa, xóa, chèn hay cắt.", "Nothing was altered, deleted, inserted or cut off."), "success")
                : new Notice(Bilingual($"{r.Problems} chỗ không khớp.", $"{r.Problems} problems."), "danger"),
            new Facts(
                new(Bilingual("Dòng đã kiểm tra", "Rows"), $"{r.Rows}"), new(Bilingual("Chờ nối chuỗi", "Waiting"), $"{r.Waiting}"),
                new(Bilingual("Mốc thời gian", "Anchors"), $"{r.Anchors}"), new(Bilingual("Có nhân chứng", "Witnessed"), Labels.YesNo(r.Witnessed))),
            new Filter($"{Here}/evidence/{service}", new Ask("from", Bilingual("Từ tháng (yyyy-MM)", "From month (yyyy-MM)"), AskKind.Text,
                from)
            { IsOptional = true }, new Ask("to", Bilingual("Đến tháng (yyyy-MM)", "To month (yyyy-MM)"), AskKind.Text, to) { IsOptional = true }),
            r.Findings.Count == 0 ? null : new Table(Bilingual("Chỗ không khớp", "Problems"),
                [Bilingual("Loại", "Kind"), Bilingual("Vị trí", "Where"), Bilingual("Chi tiết", "Detail")],
                [.. r.Findings.Select(f => (IReadOnlyList<Cell>)[f.Problem, $"{f.Partition}:{f.Position}", f.Detail])])) with
        { Back = new(Bilingual("Vận hành", "Operations"), Here) }, Typed.Nothing);
    }
}
