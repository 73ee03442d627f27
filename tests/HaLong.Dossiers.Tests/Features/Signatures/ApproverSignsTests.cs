using System.Globalization;
using System.Text.Json;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Tests.Verification;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Signatures;

/// <summary>From the approval with sign=true over the approver's session to the seal.</summary>
public sealed class ApproverSignsTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private SignatureFlow Flow => new(dossiers);

    [Fact]
    public async Task The_approver_signs_the_written_result_and_the_unit_seals_what_he_signed()
    {
        var flow = await Flow.DecideAsync();
        var room = await flow.AskedAsync();
        var view = await ViewAsync(flow.Approver, flow.Id);
        var (request, signature) = (room.Request, SignatureFlow.Signature(view));
        Assert.Equal((flow.Id.ToString(), Unit, flow.ApproverId.ToString()), (request.Subject, request.UnitCode, Assert.Single(request.Signers).AccountId));
        Assert.Contains(view.GetProperty("code").GetString()!, request.Purpose, StringComparison.Ordinal);
        var deadline = DateTimeOffset.Parse(request.Deadline, CultureInfo.InvariantCulture);
        Assert.InRange(deadline, TimeProvider.System.GetUtcNow().AddDays(1), TimeProvider.System.GetUtcNow().AddDays(29));
        Assert.Equal((17, 0), (deadline.ToOffset(TimeSpan.FromHours(7)).Hour, deadline.ToOffset(TimeSpan.FromHours(7)).Minute));
        Assert.Equal(("signature", "APPROVER_SIGNATURE"), SignatureFlow.Wait(view));
        Assert.Equal(flow.ApproverId, view.GetProperty("waitingFor").GetProperty("personId").GetGuid());
        Assert.Equal((deadline, flow.ApproverId), (signature.GetProperty("deadline").GetDateTimeOffset(), signature.GetProperty("signerId").GetGuid()));
        Assert.False((await ViewAsync(flow.Owner, flow.Id)).GetProperty("lifecycle").TryGetProperty("signature", out _));
        Assert.Contains("approverSigns", await FlagsAsync(flow));

        var signed = room.Sign();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => flow.TellAsync(room)));
        view = await flow.StatusAsync("RESOLVED");
        var result = view.GetProperty("resultDocumentId").GetGuid();
        var seal = dossiers.Neighbours.SignRequests.Single(r => r.DocumentId == result.ToString());
        Assert.Equal(signed, seal.Pdf.ToByteArray());
        Assert.Equal(flow.ApproverId.ToString(), seal.SignerId);
        var file = await flow.Owner.GetByteArrayAsync($"/api/v1/dossiers/{flow.Id}/documents/{result}", Ct);
        Assert.Equal(signed, file[..signed.Length]);
        Assert.True(file.Length > signed.Length);

        var paper = await GetAsync(dossiers.Factory.Client(), $"{PaperDesk.Path}/{result:N}");
        Assert.Equal(("Test", "Nguyễn Thị Duyệt, UBND phường Hạ Long"), (paper.GetProperty("signedBy").GetString(), paper.GetProperty("personSignedBy").GetString()));
        var moves = (await GetAsync(flow.Owner, $"/api/v1/dossiers/{flow.Id}/timeline")).EnumerateArray().Select(s => s.GetProperty("action").GetString()).ToList();
        Assert.Equal(["approve", "signByApprover", "resolve"], moves.SkipWhile(m => m != "approve").Take(3));
        var kinds = await dossiers.InDbAsync(db => db.Documents.Where(d => d.DossierId == flow.Id).Select(d => new { d.Kind, d.Id }).ToListAsync(Ct));
        Assert.Equal((1, 1, 1), (Count(DocumentKind.UnsignedResult), Count(DocumentKind.PersonSigned), Count(DocumentKind.Result)));
        var hidden = kinds.Single(k => k.Kind == DocumentKind.PersonSigned).Id;
        await RefusedAsync(await flow.Approver.GetAsync($"/api/v1/dossiers/{flow.Id}/documents/{hidden}", Ct), 404, "DOS-0011");
        await PaperDesk.NotFoundAsync(dossiers.Factory.Client(), hidden.ToString("N"));

        int Count(string kind) => kinds.Count(k => k.Kind == kind);
    }

    [Fact]
    public async Task A_refusal_and_a_correction_are_signed_the_same_way_also_when_the_dossier_is_closed()
    {
        var flow = await Flow.DecideAsync(new { legalBasis = "Điều 19", reason = "Có tranh chấp", sign = true }, "refusal");
        var room = await flow.AskedAsync();
        room.Sign();
        await flow.TellAsync(room);
        await flow.StatusAsync("RESOLVED");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), flow.Id, "return"));
        var old = (await ViewAsync(flow.Owner, flow.Id)).GetProperty("resultDocumentId").GetGuid();
        await BodyAsync(await PostAsync(flow.Approver, flow.Id, "result", new { decision = "Chấp thuận; kết quả trước ghi sai.", reason = "Sai căn cứ", sign = true }));
        room = await flow.AskedAsync();
        room.Sign();
        await flow.TellAsync(room);
        var view = await WaitForAsync(flow.Owner, flow.Id, d => d.GetProperty("lifecycle").GetProperty("corrections").GetInt32() == 1, "the correction is sealed");
        Assert.NotEqual(old, view.GetProperty("resultDocumentId").GetGuid());
        Assert.Equal("REPLACED", (await GetAsync(dossiers.Factory.Client(), $"{PaperDesk.Path}/{old:N}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Where_the_setting_demands_it_every_result_is_signed_and_only_there()
    {
        await using var strict = await dossiers.NewFactory().WithSetting("Dossiers:PersonSignature", "required").WithSetting("Dossiers:PersonSignatureDays", "1").StartAsync();
        var flow = await new SignatureFlow(dossiers, strict).DecideAsync(new { decision = "Chấp thuận.", sign = false });
        Assert.Equal(flow.ApproverId.ToString(), (await flow.AskedAsync()).Request.Signers.Single().AccountId);
        var plain = await Flow.DecideAsync(new { decision = "Chấp thuận.", sign = false });
        var view = await plain.StatusAsync("RESOLVED");
        Assert.False((await ViewAsync(plain.Approver, plain.Id)).GetProperty("lifecycle").TryGetProperty("signature", out _));
        var paper = await GetAsync(dossiers.Factory.Client(), $"{PaperDesk.Path}/{view.GetProperty("resultDocumentId").GetGuid():N}");
        Assert.Equal(JsonValueKind.Null, paper.GetProperty("personSignedBy").ValueKind);
    }

    [Fact]
    public async Task While_e_signature_is_down_the_asking_waits_visibly_and_an_answer_that_was_lost_makes_no_second_session()
    {
        dossiers.Neighbours.SignatureDown = true;
        var flow = await Flow.DecideAsync();
        try
        {
            var waiting = await WaitForAsync(flow.Approver, flow.Id, d => d.GetProperty("signingAttempts").GetInt32() >= 2, "two attempts failed");
            Assert.Equal((("signature", "SIGNATURE"), "due"), (SignatureFlow.Wait(waiting), SignatureFlow.Signature(waiting).GetProperty("state").GetString()));
            dossiers.Neighbours.LostAnswers = 1;
        }
        finally
        {
            dossiers.Neighbours.SignatureDown = false;
        }
        var room = await flow.AskedAsync();
        Assert.Equal(0, dossiers.Neighbours.LostAnswers);
        Assert.Single(dossiers.Neighbours.Rooms.Values, r => r.Request.Subject == flow.Id.ToString());
        Assert.Equal(
            DateTimeOffset.Parse(room.Request.Deadline, CultureInfo.InvariantCulture),
            SignatureFlow.Signature(await ViewAsync(flow.Approver, flow.Id)).GetProperty("deadline").GetDateTimeOffset());
    }

    private static async Task<List<string?>> FlagsAsync(SignatureFlow flow)
    {
        for (string? after = null; ;)
        {
            var page = await GetAsync(flow.Approver, $"/api/v1/inbox?queue=signature&limit=100{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}");
            var row = page.GetProperty("items").EnumerateArray().FirstOrDefault(i => i.GetProperty("id").GetGuid() == flow.Id);
            if (row.ValueKind != JsonValueKind.Undefined)
                return [.. row.GetProperty("flags").EnumerateArray().Select(f => f.GetString())];
            after = page.GetProperty("after").GetString();
            Assert.NotNull(after);
        }
    }
}
