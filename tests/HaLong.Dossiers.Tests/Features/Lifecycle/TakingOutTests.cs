using System.Net;
using HaLong.ServiceDefaults;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Lifecycle;

/// <summary>Documents that were added while completing a dossier can be taken out until the answer; what was filed stays.</summary>
public sealed class TakingOutTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    private static readonly object List = new { items = new[] { new { component = 1, reason = "Thiếu chữ ký" } } };

    [Fact]
    public async Task What_was_added_since_the_request_can_be_taken_out_until_it_is_answered()
    {
        var client = dossiers.Citizen();
        var id = await SubmittedAsync(client, Free);
        var filed = (await ViewAsync(client, id)).GetProperty("documents")[0].GetProperty("id").GetGuid();
        await RefusedAsync(await RemoveAsync(client, id, filed), 409, "DOS-0008");
        await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", List));
        await RefusedAsync(await RemoveAsync(client, id, filed), 409, "DOS-0640");

        var wrong = await AddAsync(client, id, "nhầm");
        await RefusedAsync(await RemoveAsync(dossiers.Citizen(), id, wrong), 404, "DOS-0001");
        Assert.Equal(HttpStatusCode.Forbidden, (await RemoveAsync(dossiers.Official(Roles.Officer), id, wrong)).StatusCode);
        await RefusedAsync(await RemoveAsync(client, id, Guid.CreateVersion7()), 404, "DOS-0011");
        await RefusedAsync(await RemoveAsync(client, id, wrong, "\"1\""), 412, "CMN-0412");
        await BodyAsync(await RemoveAsync(client, id, wrong, $"\"{(await ViewAsync(client, id)).GetProperty("version").GetUInt32()}\""), HttpStatusCode.NoContent);
        await RefusedAsync(await RemoveAsync(client, id, wrong), 404, "DOS-0011");
        // Taken out, it does not count as the answer.
        await RefusedAsync(await PostAsync(client, id, "supplement", new { }), 400, "DOS-0036");

        var right = await AddAsync(client, id, "đã ký");
        await BodyAsync(await PostAsync(client, id, "supplement", new { }));
        await RefusedAsync(await RemoveAsync(client, id, right), 409, "DOS-0008");
    }

    [Fact]
    public async Task Of_an_answer_and_a_removal_at_once_the_dossier_is_never_left_without_what_was_asked_for()
    {
        var client = dossiers.Citizen();
        for (var round = 0; round < 5; round++)
        {
            var id = await SubmittedAsync(client, Free);
            await BodyAsync(await PostAsync(dossiers.Official(Roles.Reception), id, "supplement-requests", List));
            var document = await AddAsync(client, id, $"lần {round}");
            var answers = await Task.WhenAll(PostAsync(client, id, "supplement", new { }), RemoveAsync(client, id, document));
            var view = await ViewAsync(client, id);
            var isThere = view.GetProperty("documents").EnumerateArray().Any(d => d.GetProperty("id").GetGuid() == document);
            Assert.Equal(answers[0].IsSuccessStatusCode, isThere);
            Assert.Equal(answers[0].IsSuccessStatusCode, view.GetProperty("status").GetString() == "SUBMITTED");
            Assert.NotEqual(answers[0].IsSuccessStatusCode, answers[1].IsSuccessStatusCode);
        }
    }

    private static async Task<Guid> AddAsync(HttpClient client, Guid id, string text) =>
        (await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf($"{id} {text}")), HttpStatusCode.Created)).GetProperty("id").GetGuid();

    private static Task<HttpResponseMessage> RemoveAsync(HttpClient client, Guid id, Guid document, string? ifMatch = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/v1/dossiers/{id}/documents/{document}");
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return client.SendAsync(request, Ct);
    }
}
