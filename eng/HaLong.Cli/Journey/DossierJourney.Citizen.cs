using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace HaLong.Cli.Journey;

/// <summary>What the citizen does.</summary>
internal sealed partial class DossierJourney
{
    private JsonNode _procedure = new JsonObject();
    private byte[] _application = [];

    private async Task<ApiClient> AsAsync(string role) => new(_http, await _signIns.OfAsync(role), () => _log.TraceId);

    private async Task<string> SignInAsync(string role)
    {
        await AsAsync(role);
        return "code + PKCE as " + platform.Account(role).UserName;
    }

    private async Task<string> FindProcedureAsync()
    {
        var words = Variant == JourneyVariant.Late ? "tach thua hop thua" : "dang ky dat dai";
        var found = (await Anybody.GetAsync($"/api/v1/procedures?q={Uri.EscapeDataString(words)}&field=LAND&limit=50")).Json["items"]!.AsArray();
        foreach (var item in found)
        {
            if (Variant == JourneyVariant.Late != (Text(item!, "code") == ShortProcedure))
                continue;
            var procedure = (await Anybody.GetAsync("/api/v1/procedures/" + Text(item!, "code"))).Json;
            var hasFee = procedure["fees"]!.AsArray().Any(f => f!["amountVnd"] is { } amount && amount.GetValue<long>() > 0);
            if (hasFee && procedure["channels"]!.AsArray().Any(c => c!.GetValue<string>() == "online"))
            {
                _procedure = procedure;
                return $"{Text(procedure, "code")} {Text(procedure, "nameVi")[..Math.Min(60, Text(procedure, "nameVi").Length)]}…";
            }
        }

        throw new JourneyException("No land procedure that can be filed online has a fee.");
    }

    private async Task<string> DraftAsync()
    {
        // Another parcel each time: the same one again would be a duplicate.
        var parcel = Guid.CreateVersion7().ToString("N")[^6..];
        var draft = await (await ApplicantAsync()).PostAsync("/api/v1/dossiers", new
        {
            procedureCode = Text(_procedure, "code"),
            unitCode = platform.Account("reception").Unit,
            subject = $"Đăng ký thửa đất số {parcel}, tờ bản đồ số 34",
            data = new { parcel, mapSheet = "34", areaSquareMetres = 120.5 },
        });
        _dossierId = Text(draft.Json, "id");
        return "dossier " + _dossierId;
    }

    private async Task<string> UploadAsync()
    {
        var citizen = await ApplicantAsync();
        var components = _procedure["components"]!.AsArray();
        var uploaded = 0;
        for (var i = 0; i < components.Count; i++)
        {
            if (components[i]!["required"]?.GetValue<bool>() != true)
            {
                continue;
            }

            await AttachAsync(citizen, i + 1);
            uploaded++;
        }

        return $"{uploaded} PDF files";
    }

    /// <summary>A sample file; the first component is the signed application where there is one.</summary>
    private Task AttachAsync(ApiClient citizen, int component) => AttachAsync(
        citizen, _dossierId, component,
        component == 1 && _application.Length > 0 ? _application : SamplePdf.Create($"Component {component} of dossier {_dossierId}, {Guid.CreateVersion7()}"));

    private static async Task AttachAsync(ApiClient citizen, string dossierId, int component, byte[] bytes)
    {
        using var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        using var form = new MultipartFormDataContent { { new StringContent(component.ToString(CultureInfo.InvariantCulture)), "component" }, { file, "file", $"thanh-phan-{component}.pdf" } };
        await citizen.SendAsync(HttpMethod.Post, $"/api/v1/dossiers/{dossierId}/documents", form);
    }

    private async Task<string> SubmitAsync()
    {
        var citizen = await ApplicantAsync();
        var draft = await citizen.GetAsync($"/api/v1/dossiers/{_dossierId}");
        var submitted = await citizen.PostAsync($"/api/v1/dossiers/{_dossierId}/submission", etag: draft.Etag);
        _dossierCode = Text(submitted.Json, "code");
        StepLog.Check(Text(submitted.Json, "status") == "SUBMITTED", "status SUBMITTED");
        return "code " + _dossierCode;
    }

    private async Task<string> PaymentAsync()
    {
        var citizen = await ApplicantAsync();
        var dossier = await StepLog.UntilAsync(
            async () => (await citizen.GetAsync($"/api/v1/dossiers/{_dossierId}")).Json, d => d["payment"] is JsonObject, "the dossier shows its payment request");
        _paymentId = Text(dossier["payment"]!, "id");
        return $"{Text(dossier["payment"]!, "amount")} đồng";
    }

    private async Task<string> PayAsync()
    {
        var citizen = await ApplicantAsync();
        var reference = await TransferAsync(citizen, _paymentId, "payment");
        await StepLog.UntilAsync(
            async () => Text((await citizen.GetAsync($"/api/v1/dossiers/{_dossierId}")).Json["payment"]!, "status"), s => s.Equals("settled", StringComparison.OrdinalIgnoreCase), "the dossier knows that it is paid");
        return "settled, reference " + reference;
    }

    /// <summary>Pays a request by its VietQR code at the citizen's bank, and waits until the platform believes the bank.</summary>
    private async Task<string> TransferAsync(ApiClient citizen, string paymentId, string name)
    {
        var payment = await citizen.GetAsync($"/api/v1/payments/{paymentId}");
        var attempt = await citizen.PostAsync($"/api/v1/payments/{paymentId}/attempts", new { method = "vietqr" }, payment.Etag);
        var payload = Text(attempt.Json, "payload");
        evidence.Save(name + "-qr.txt", payload);
        evidence.Save(name + "-qr.png", (await citizen.GetAsync($"/api/v1/payments/{paymentId}/qr.png")).Bytes);
        using var transfer = await _outside.PostAsJsonAsync(new Uri("/bank/transfers", UriKind.Relative), new { payload });
        StepLog.Check(transfer.IsSuccessStatusCode, "the bank took the transfer: " + (int)transfer.StatusCode);
        await StepLog.UntilAsync(async () => Text((await citizen.GetAsync($"/api/v1/payments/{paymentId}")).Json, "status"), s => s.Equals("settled", StringComparison.OrdinalIgnoreCase), "the payment is settled");
        return Text(attempt.Json, "reference");
    }

    private async Task<string> ReceiptAsync()
    {
        var receipt = await (await AsAsync("citizen")).GetAsync($"/api/v1/dossiers/{_dossierId}/receipt");
        StepLog.Check(receipt.Bytes.AsSpan().StartsWith("%PDF-"u8), "the receipt is a PDF");
        evidence.Save("receipt.pdf", receipt.Bytes);
        await FeeReceiptAsync(await AsAsync("citizen"));
        return $"{receipt.Bytes.Length} bytes";
    }

    /// <summary>The sealed receipt of what was paid; anybody who holds it finds it by its code and number.</summary>
    private async Task FeeReceiptAsync(ApiClient citizen)
    {
        var view = await StepLog.UntilAsync(
            () => citizen.AskAsync($"/api/v1/payments/{_paymentId}/receipt"), a => a.Body is { } body && Text(body, "state") == "sealed", "the receipt of the fee is sealed");
        evidence.Save("fee-receipt.pdf", (await citizen.GetAsync($"/api/v1/payments/{_paymentId}/receipt.pdf")).Bytes);
        var found = await Anybody.GetAsync($"/api/v1/receipts/lookup?code={Text(view.Json, "lookupCode")}&number={Text(view.Json, "number")}");
        StepLog.Check(Text(found.Json, "amount") == Text(view.Json, "amount"), "anybody who holds the receipt of the fee finds it");
    }

    private async Task<string> ResultAsync()
    {
        var citizen = await AsAsync("citizen");
        var dossier = (await citizen.GetAsync($"/api/v1/dossiers/{_dossierId}")).Json;
        _result = (await citizen.GetAsync($"/api/v1/dossiers/{_dossierId}/documents/{Text(dossier, "resultDocumentId")}")).Bytes;
        StepLog.Check(_result.AsSpan().StartsWith("%PDF-"u8), "the result is a PDF");
        evidence.Save("result.pdf", _result);
        evidence.Save("pki/root.pem", (await Anybody.GetAsync("/pki/root.pem")).Bytes);
        return $"{_result.Length} bytes";
    }

    private async Task<string> NoticesAsync()
    {
        var citizen = await AsAsync("citizen");
        var notices = await StepLog.UntilAsync(
            async () => (await citizen.GetAsync("/api/v1/me/messages?limit=100")).Json["items"]!.AsArray().Where(m => Text(m!, "dossierId") == _dossierId).Select(m => m!.DeepClone()).ToList(),
            n => n.Count >= Variant.Notices.Count, "the notices about the dossier");
        evidence.Save("notices.json", new JsonArray([.. notices]));
        var kinds = notices.ConvertAll(n => Text(n, "kind"));
        StepLog.Check(kinds.Order(StringComparer.Ordinal).SequenceEqual(Variant.Notices.Order(StringComparer.Ordinal)), "each notice once: " + string.Join(", ", kinds));
        return $"{notices.Count} in the inbox";
    }

    private async Task<string> MailsAsync()
    {
        var mails = await StepLog.UntilAsync(MailsOfDossierAsync, m => m.Count >= 4, "at least four mails about the dossier");
        foreach (var (id, eml) in mails)
        {
            evidence.Save($"mail/{id}.eml", eml);
        }

        return $"{mails.Count} mails";
    }

    private async Task<List<(string Id, byte[] Eml)>> MailsOfDossierAsync()
    {
        var list = JsonNode.Parse(await _outside.GetStringAsync(new Uri("/mail/messages", UriKind.Relative)))!;
        var mails = new List<(string, byte[])>();
        foreach (var mail in (list as JsonArray ?? list["items"]!.AsArray()).Where(m => m!.ToJsonString().Contains(_dossierCode, StringComparison.Ordinal)))
        {
            mails.Add((Text(mail!, "id"), await _outside.GetByteArrayAsync(new Uri($"/mail/messages/{Text(mail!, "id")}.eml", UriKind.Relative))));
        }

        return mails;
    }
}
