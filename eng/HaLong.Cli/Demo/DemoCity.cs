using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using HaLong.Cli.Journey;
using HaLong.Cli.Platform;

namespace HaLong.Cli.Demo;

/// <summary>Brings the dossiers of the plan about as people do: by the public API, in the name of the citizen, reception, the case officer and the approver.</summary>
internal sealed class DemoCity(PlatformFile platform) : IDisposable
{
    private const string Basis = "Khoản 4 Điều 19 Nghị định 61/2018/NĐ-CP", Neighbour = "06652";
    private static readonly string[] Changed = ["CMN-0409", "CMN-0412"];
    private readonly HttpClient _http = new() { BaseAddress = new Uri(platform.Gateway), Timeout = TimeSpan.FromSeconds(60) };
    private readonly SignIns _signIns = SignIns.At(platform);

    /// <summary>Makes one; what it waits for (a signature) it waits for.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> MakeAsync(DemoDossier plan)
    {
        var applicant = plan.Resident is null ? "citizen" : "reception";
        var id = await OpenAsync(plan, applicant);
        if (plan.End == DemoEnd.Draft)
            return id;
        await AttachAsync(plan, id, applicant);
        await ActAsync(applicant, id, "submission", null);
        foreach (var (role, action, body) in Moves(plan))
            await ActAsync(role, id, action, body);
        if (plan.End is DemoEnd.Resolved or DemoEnd.Returned or DemoEnd.Refused)
            await SignedAsync(id);
        if (plan.End == DemoEnd.Returned)
            await ActAsync("reception", id, "return", new { });
        return id;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The moves after filing, up to the end of the plan.</summary>
    internal static IEnumerable<(string Role, string Action, object Body)> Moves(DemoDossier plan)
    {
        var items = new[] { new { component = 1, reason = "Bản chụp mờ, không đọc được; đề nghị chụp lại." } };
        switch (plan.End)
        {
            case DemoEnd.Submitted:
                yield break;
            case DemoEnd.SupplementAtReception:
                yield return ("reception", "supplement-requests", new { items, legalBasis = "Khoản 1 Điều 17 Nghị định 61/2018/NĐ-CP" });
                yield break;
            case DemoEnd.NotAccepted:
                yield return ("reception", "refusal", new { legalBasis = "Khoản 1 Điều 17 Nghị định 61/2018/NĐ-CP", reason = "Không thuộc thẩm quyền giải quyết của phường." });
                yield break;
        }

        yield return ("reception", "acceptance", new { });
        if (plan.End == DemoEnd.Accepted)
            yield break;
        yield return ("officer", "assignment", new { });
        switch (plan.End)
        {
            case DemoEnd.Opinion:
                yield return ("officer", "opinions", new { unitCode = Neighbour, question = "Đề nghị cho ý kiến về nguồn gốc và hiện trạng." });
                break;
            case DemoEnd.Supplement:
                yield return ("officer", "supplement-requests", new { items, legalBasis = Basis });
                break;
            case DemoEnd.Payment:
                yield return ("officer", "fee-request", new
                {
                    fees = new[] { new { kind = "duty", name = "Lệ phí trước bạ", amount = 350_000 + (plan.Number * 10_000) } },
                    reason = "Thông báo nộp nghĩa vụ tài chính của cơ quan thuế.",
                    legalBasis = "Nghị định 10/2022/NĐ-CP",
                });
                break;
            case DemoEnd.Stopped:
                yield return ("approver", "stop", new { legalBasis = "Khoản 3 Điều 19 Nghị định 61/2018/NĐ-CP", reason = "Chờ bản án có hiệu lực của Tòa án." });
                break;
            case DemoEnd.Withdrawn:
                yield return ("citizen", "withdrawal", new { reason = "Gia đình đã thống nhất, không còn nhu cầu giải quyết." });
                break;
            case DemoEnd.Refused:
                yield return ("approver", "refusal", new { legalBasis = "Khoản 8 Điều 19 Nghị định 61/2018/NĐ-CP", reason = "Thông tin kê khai không đúng với hồ sơ lưu trữ." });
                break;
            case DemoEnd.Resolved or DemoEnd.Returned:
                yield return ("approver", "approval", new { decision = "Hồ sơ đủ điều kiện; đồng ý giải quyết." });
                break;
        }
    }

    private async Task<string> OpenAsync(DemoDossier plan, string applicant)
    {
        var api = await AsAsync(applicant);
        var unitCode = platform.Account("reception").Unit;
        var opened = plan.Resident is { } resident
            ? await api.PostAsync("/api/v1/dossiers/counter", new
            {
                ownerId = resident.Id,
                ownerCheck = resident.Check,
                procedureCode = plan.Matter.Code,
                channel = "counter",
                relation = "owner",
                subject = plan.Subject,
                unitCode,
            })
            : await api.PostAsync("/api/v1/dossiers", new { procedureCode = plan.Matter.Code, unitCode, subject = plan.Subject, data = new { } });
        return opened.Json["id"]!.ToString();
    }

    private async Task AttachAsync(DemoDossier plan, string id, string applicant)
    {
        var api = await AsAsync(applicant);
        var components = (await api.GetAsync("/api/v1/procedures/" + plan.Matter.Code)).Json["components"]!.AsArray();
        for (var i = 1; i <= components.Count; i++)
        {
            if (components[i - 1]!["required"]?.GetValue<bool>() != true)
                continue;
            using var file = new ByteArrayContent(SamplePdf.Create(string.Create(CultureInfo.InvariantCulture, $"Thanh phan {i}, ho so {plan.Number + 1:000}, thu tuc {plan.Matter.Code}")));
            file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
            using var form = new MultipartFormDataContent { { new StringContent(i.ToString(CultureInfo.InvariantCulture)), "component" }, { file, "file", $"giay-to-{i}.pdf" } };
            await api.SendAsync(HttpMethod.Post, $"/api/v1/dossiers/{id}/documents", form);
        }
    }

    // A payment request may come to the dossier between looking and acting: then it is looked at again.
    private async Task<JsonNode> ActAsync(string role, string id, string action, object? body)
    {
        var api = await AsAsync(role);
        for (var attempt = 1; ; attempt++)
        {
            var dossier = await api.GetAsync($"/api/v1/dossiers/{id}");
            try
            {
                return (await api.PostAsync($"/api/v1/dossiers/{id}/{action}", body, dossier.Etag)).Json;
            }
            catch (JourneyException e) when (attempt < 5 && Changed.Any(code => e.Message.Contains(code, StringComparison.Ordinal)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt));
            }
        }
    }

    private async Task SignedAsync(string id)
    {
        var reception = await AsAsync("reception");
        await StepLog.UntilAsync(
            async () => (await reception.GetAsync($"/api/v1/dossiers/{id}")).Json["status"]!.ToString(), s => s == "RESOLVED", $"dossier {id} is signed", TimeSpan.FromMinutes(5));
    }

    private async Task<ApiClient> AsAsync(string role) => new(_http, await _signIns.OfAsync(role), () => System.Diagnostics.ActivityTraceId.CreateRandom().ToHexString());
}
