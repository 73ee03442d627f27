using System.Globalization;
using System.Text.Json.Nodes;

namespace HaLong.Cli.Journey;

/// <summary>The variant in which people sign: the citizen the application, the approver several results at once, before the unit seals them.</summary>
internal sealed partial class DossierJourney
{
    private const int Companions = 2;

    private readonly List<string> _companions = [];
    private string _citizenCredential = "", _approverCredential = "";
    private SigningDesk? _signing;

    private bool Signatures => Variant == JourneyVariant.Signatures;

    private SigningDesk Signing => _signing ??= new SigningDesk(platform, _http, _outside, () => _log.TraceId);

    private async Task<string> CitizenCredentialAsync()
    {
        _citizenCredential = await Signing.CredentialAsync("citizen");
        return "credential " + _citizenCredential;
    }

    /// <summary>The application of the draft, signed with PIN and code; attached where a sample file would be.</summary>
    private async Task<string> SignApplicationAsync()
    {
        var form = (await (await AsAsync("citizen")).GetAsync($"/api/v1/dossiers/{_dossierId}/application-form")).Bytes;
        StepLog.Check(form.AsSpan().StartsWith("%PDF-"u8), "the application is a PDF");
        _application = await Signing.SignOwnAsync("citizen", _citizenCredential, "Đơn đăng ký đất đai", "don.pdf", form);
        StepLog.Check(_application.AsSpan().StartsWith(form), "the signed application is the application with a signature");
        evidence.Save("application.pdf", _application);
        await SignaturesAsync(_application, 1);
        return $"{_application.Length} bytes, VALID";
    }

    private async Task<string> ApproverCredentialAsync()
    {
        _approverCredential = await Signing.CredentialAsync("approver", approvedBy: "leader");
        return "credential " + _approverCredential;
    }

    /// <summary>Other dossiers come as far as this one, so that there is something to sign at once.</summary>
    private async Task<string> CompanionsAsync()
    {
        var procedure = await FreeProcedureAsync();
        for (var i = 0; i < Companions; i++)
        {
            _companions.Add(await CompanionAsync(procedure));
        }

        return $"{Companions} dossiers by {Text(procedure, "code")}";
    }

    private async Task<string> CompanionAsync(JsonNode procedure)
    {
        var citizen = await AsAsync("citizen");
        var parcel = Guid.CreateVersion7().ToString("N")[^6..];
        var id = Text((await citizen.PostAsync("/api/v1/dossiers", new
        {
            procedureCode = Text(procedure, "code"),
            unitCode = platform.Account("reception").Unit,
            subject = $"Đề nghị giải quyết thửa đất số {parcel}",
            data = new { parcel, mapSheet = "35" },
        })).Json, "id");
        foreach (var (component, number) in procedure["components"]!.AsArray().Select((c, i) => (c, i + 1)))
        {
            if (component!["required"]?.GetValue<bool>() == true)
                await AttachAsync(citizen, id, number, SamplePdf.Create($"Component {number} of dossier {id}, {Guid.CreateVersion7()}"));
        }

        await ActAsync("citizen", id, "submission", new { });
        await ActAsync("reception", id, "acceptance", new { });
        await ActAsync("officer", id, "assignment", new { });
        return id;
    }

    private async Task<JsonNode> FreeProcedureAsync()
    {
        var found = (await Anybody.GetAsync("/api/v1/procedures?field=LAND&limit=100")).Json["items"]!.AsArray();
        foreach (var item in found)
        {
            var procedure = (await Anybody.GetAsync("/api/v1/procedures/" + Text(item!, "code"))).Json;
            if (procedure["fees"]!.AsArray().Count == 0 && procedure["channels"]!.AsArray().Any(c => c!.GetValue<string>() == "online"))
                return procedure;
        }

        throw new JourneyException("No land procedure that can be filed online is free of charge.");
    }

    private async Task<string> ApproveToSignAsync()
    {
        foreach (var id in ToSign)
        {
            var decided = await ActAsync("approver", id, "approval", new { decision = "Hồ sơ đủ điều kiện; đồng ý cấp kết quả theo quy định.", sign = true });
            StepLog.Check(Text(decided["waitingFor"]!, "who") == "signature", "it waits for a signature: " + decided["waitingFor"]!.ToJsonString());
        }

        return $"{ToSign.Count} results wait for the approver's signature";
    }

    private async Task<string> SignResultsAsync()
    {
        var sessions = await Signing.OpenSessionsAsync("approver", ToSign);
        var batch = await Signing.SignBatchAsync("approver", _approverCredential, sessions);
        evidence.Save("batch.json", batch);
        StepLog.Check(Text(batch, "signed") == ToSign.Count.ToString(CultureInfo.InvariantCulture), "every result of the batch is signed: " + batch.ToJsonString());
        return $"{ToSign.Count} results with one PIN and one code";
    }

    private async Task<string> CompanionsSealedAsync()
    {
        foreach (var id in _companions)
        {
            var citizen = await AsAsync("citizen");
            var dossier = await StepLog.UntilAsync(
                async () => (await citizen.GetAsync($"/api/v1/dossiers/{id}")).Json, d => Text(d, "status") == "RESOLVED", "the dossier is RESOLVED", TimeSpan.FromSeconds(150));
            var result = Text(dossier, "resultDocumentId");
            var bytes = (await citizen.GetAsync($"/api/v1/dossiers/{id}/documents/{result}")).Bytes;
            evidence.Save($"companion-{_companions.IndexOf(id) + 1}.pdf", bytes);
            await SignaturesAsync(bytes, 2);
            var paper = (await Anybody.GetAsync($"/api/v1/verification/{Guid.Parse(result):N}")).Json;
            StepLog.Check(Text(paper, "personSignedBy").Contains(platform.Account("approver").DisplayName, StringComparison.Ordinal), "the approver is named: " + paper.ToJsonString());
            StepLog.Check(Text(paper, "signedBy").Length > 0, "the seal is named");
        }

        return "the approver's signature and the seal of each are VALID";
    }

    private List<string> ToSign => [_dossierId, .. _companions];

    /// <summary>Anybody finds so many signatures in a file, each of them valid.</summary>
    private async Task SignaturesAsync(byte[] file, int count)
    {
        var report = await ReportAsync(file);
        var signatures = report["signatures"]!.AsArray();
        StepLog.Check(
            Text(report, "indication") == "VALID" && signatures.Count == count && signatures.All(s => Text(s!, "indication") == "VALID"),
            $"{count} signatures are VALID: " + report.ToJsonString());
    }
}
