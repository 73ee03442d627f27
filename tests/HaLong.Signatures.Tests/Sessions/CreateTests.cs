using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using HaLong.Signatures.Domain.Sessions;
using HaLong.Signatures.Tests.Tools;
using HaLong.Signatures.V1;

namespace HaLong.Signatures.Tests.Sessions;

/// <summary>What is said of each field of a session that is to be made, at both doors, and what is kept of it.</summary>
[Collection(SessionTestGroup.Name)]
public sealed class CreateTests(SessionFixture fixture)
{
    private const string Sessions = "/api/v1/signing-sessions";
    private const string Name = "Đơn đề nghị cấp đổi – thửa số 12 (bản ký).pdf";

    private static CreateSigningSessionRequest Request(Action<CreateSigningSessionRequest>? change = null, int documents = 1)
    {
        var request = SessionFixture.Request([(Guid.CreateVersion7(), 1)], documents);
        change?.Invoke(request);
        return request;
    }

    private static string In(TimeSpan time) => (TimeProvider.System.GetUtcNow() + time).ToString("O", CultureInfo.InvariantCulture);

    private static Action<CreateSigningSessionRequest> Wrong(string what) => what switch
    {
        "no id" => r => r.SessionId = "",
        "id without hyphens" => r => r.SessionId = Guid.CreateVersion7().ToString("N"),
        "no purpose" => r => r.Purpose = " ",
        "long purpose" => r => r.Purpose = new string('ệ', 201),
        "long subject" => r => r.Subject = new string('x', 101),
        "long unit" => r => r.UnitCode = new string('1', 21),
        "no deadline" => r => r.Deadline = "",
        "no time" => r => r.Deadline = "tomorrow",
        "past" => r => r.Deadline = "2020-01-01T00:00:00Z",
        "soon" => r => r.Deadline = In(TimeSpan.FromSeconds(20)),
        "far" => r => r.Deadline = In(TimeSpan.FromDays(31)),
        "no documents" => r => r.Documents.Clear(),
        "many documents" => r => r.Documents.Add(Enumerable.Repeat(r.Documents[0], 20)),
        "document without name" => r => r.Documents[0].Name = "  ",
        "document with long name" => r => r.Documents[0].Name = new string('x', 201),
        "no signers" => r => r.Signers.Clear(),
        "many signers" => r => r.Signers.Add(Enumerable.Range(0, 20).Select(_ => new NewSigner { AccountId = Guid.CreateVersion7().ToString(), Turn = 1 })),
        "signer without account" => r => r.Signers[0].AccountId = "nobody",
        "signer twice" => r => r.Signers.Add(r.Signers[0].Clone()),
        "turn 0" => r => r.Signers[0].Turn = 0,
        "turn 101" => r => r.Signers[0].Turn = 101,
        "long role" => r => r.Signers[0].Role = new string('x', 101),
        "place elsewhere" => r => r.Signers[0].Place = new SignaturePlace { Document = 2, Page = 1, Width = 10, Height = 10 },
        "place without size" => r => r.Signers[0].Place = new SignaturePlace { Document = 1, Page = 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    [Theory]
    [InlineData("no id", "sessionId")]
    [InlineData("id without hyphens", "sessionId")]
    [InlineData("no purpose", "purpose")]
    [InlineData("long purpose", "purpose")]
    [InlineData("long subject", "subject")]
    [InlineData("long unit", "unitCode")]
    [InlineData("no deadline", "deadline")]
    [InlineData("no time", "deadline")]
    [InlineData("past", "deadline")]
    [InlineData("soon", "deadline")]
    [InlineData("far", "deadline")]
    [InlineData("no documents", "documents")]
    [InlineData("many documents", "documents")]
    [InlineData("document without name", "documents.name")]
    [InlineData("document with long name", "documents.name")]
    [InlineData("no signers", "signers")]
    [InlineData("many signers", "signers")]
    [InlineData("signer without account", "signers.accountId")]
    [InlineData("signer twice", "signers.accountId")]
    [InlineData("turn 0", "signers.turn")]
    [InlineData("turn 101", "signers.turn")]
    [InlineData("long role", "signers.role")]
    [InlineData("place elsewhere", "signers.place")]
    [InlineData("place without size", "signers.place")]
    public async Task A_service_is_told_which_field_is_wrong(string what, string field)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await fixture.As("dossier").CreateAsync(Request(Wrong(what))));
        var status = refused.GetRpcStatus()!;
        Assert.Equal((StatusCode.InvalidArgument, "SIG-0301"), (refused.StatusCode, status.GetDetail<Google.Rpc.ErrorInfo>()!.Reason));
        Assert.Equal(field, Assert.Single(status.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations).Field);
    }

    [Fact]
    public async Task A_time_in_another_zone_and_a_place_with_fractions_are_kept_as_they_are_meant()
    {
        var at = TimeProvider.System.GetUtcNow().AddDays(2);
        var local = new DateTimeOffset(at.Year, at.Month, at.Day, 17, 0, 0, TimeSpan.FromHours(7));
        var request = Request(r =>
        {
            r.Deadline = local.ToString("O", CultureInfo.InvariantCulture);
            r.Signers[0].Place = new SignaturePlace { Document = 1, Page = 1, X = 10.5, Y = 20.25, Width = 100.75, Height = 40 };
        });
        var made = await fixture.As("dossier").CreateAsync(request);
        Assert.Equal(local.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), made.Deadline);
        var kept = await fixture.SessionAsync(Guid.Parse(request.SessionId));
        Assert.Equal((local, new VisiblePlace(1, 1, 10.5, 20.25, 100.75, 40)), (kept.Deadline, kept.Signers.Single().Place));
        // The same request is the same, whatever language the caller reads and however it writes the time.
        request.Deadline = local.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        foreach (var language in new[] { "en", "vi" })
            Assert.Equal(made, await fixture.As("dossier").CreateAsync(request, new Metadata { { "accept-language", language } }));
    }

    [Fact]
    public async Task A_session_without_a_unit_has_none_and_names_keep_their_marks()
    {
        var request = Request(r =>
        {
            (r.UnitCode, r.Purpose, r.Subject) = ("", "Xác nhận tình trạng hôn nhân – bà Nguyễn Thị Ngọc Diễm", "Hồ sơ số 00017");
            (r.Documents[0].Name, r.Signers[0].Role) = ("  " + Name + " ", "Người được uỷ quyền");
        }, documents: 2);
        var made = await fixture.As("dossier").CreateAsync(request);
        Assert.Equal([Name, "Biên bản 2.pdf"], made.Documents.Select(d => d.Name));
        Assert.Equal(("Người được uỷ quyền", 1, "waiting"), (made.Signers[0].Role, made.Signers[0].Turn, made.Signers[0].State));
        Assert.Equal(["", ""], [made.ClosedAt, made.Signers[0].Reason]);
        var kept = await fixture.SessionAsync(Guid.Parse(made.SessionId));
        Assert.Equal((null, request.Purpose, request.Subject, "dossier", null),
            (kept.UnitCode, kept.Purpose, kept.Subject, kept.CreatedBy, kept.CreatorAccount));
        Assert.All(await fixture.LogAsync(kept.Id), l => Assert.Null(l.UnitCode));
        var signer = fixture.Person(Guid.Parse(request.Signers[0].AccountId));
        Assert.Equal(request.Purpose, (await signer.SessionAsync(kept.Id)).Succeeded().Text("purpose"));
    }

    private static Task<SessionAnswer> PostAsync(SessionPerson person, string field, string value, bool file = true, string language = "en")
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal) { ["purpose"] = "Nộp tờ khai", ["role"] = "Người khai", [field] = value };
        var form = new MultipartFormDataContent();
        foreach (var (name, text) in fields.Where(f => f.Key != "name"))
            form.Add(new StringContent(text), name);
        if (file)
        {
            var content = new ByteArrayContent(SamplePdfs.Table());
            content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
            form.Add(content, "file", fields.GetValueOrDefault("name", "a.pdf"));
        }

        var request = new HttpRequestMessage(HttpMethod.Post, Sessions) { Content = form };
        request.Headers.Add("Accept-Language", language);
        return person.SendAsync(request);
    }

    [Theory]
    [InlineData("purpose", "", "purpose")]
    [InlineData("purpose", "*201", "purpose")]
    [InlineData("subject", "*101", "subject")]
    [InlineData("role", "*101", "signers.role")]
    [InlineData("deadline", "không phải ngày", "deadline")]
    [InlineData("deadline", "2020-01-01T00:00:00Z", "deadline")]
    [InlineData("deadline", "9999-12-31T00:00:00Z", "deadline")]
    [InlineData("name", "*201", "documents.name")]
    [InlineData("x", "no file", "documents", false)]
    public async Task A_person_is_told_which_field_is_wrong(string field, string value, string named, bool file = true)
    {
        var given = value.StartsWith('*') ? new string('x', int.Parse(value[1..], CultureInfo.InvariantCulture)) : value;
        var answer = await PostAsync(fixture.Person(), field, given, file);
        answer.Refused(HttpStatusCode.BadRequest, "SIG-0301");
        Assert.Equal(named, Assert.Single(answer.Body.GetProperty("errors").EnumerateObject()).Name);
        Assert.Equal("The signing session is incomplete or not valid.", answer.Text("title"));
    }

    [Fact]
    public async Task Errors_speak_the_language_of_the_caller()
    {
        var answer = await PostAsync(fixture.Person(), "purpose", "", language: "vi");
        Assert.Equal(("Phiên ký thiếu thông tin hoặc không hợp lệ.", "Có từ 1 đến 200 ký tự."),
            (answer.Text("title"), answer.Body.GetProperty("errors").GetProperty("purpose")[0].GetString()));
    }

    [Fact]
    public async Task A_person_may_leave_the_deadline_to_us_or_name_it_and_gives_the_file_a_name_with_marks()
    {
        var person = fixture.Person();
        var usual = (await PostAsync(person, "name", Name)).Succeeded().Body;
        Assert.Equal(Name, usual.GetProperty("documents")[0].GetProperty("name").GetString());
        // Reckoned from the arrival of the form, a moment before the session was made.
        Assert.InRange(usual.GetProperty("createdAt").GetDateTimeOffset().AddDays(7) - usual.GetProperty("deadline").GetDateTimeOffset(), TimeSpan.Zero,
            TimeSpan.FromMinutes(10));
        var at = DateTimeOffset.Parse(In(TimeSpan.FromDays(3)), CultureInfo.InvariantCulture);
        var named = (await PostAsync(person, "deadline", at.ToOffset(TimeSpan.FromHours(7)).ToString("O", CultureInfo.InvariantCulture))).Succeeded().Body;
        Assert.Equal(at, named.GetProperty("deadline").GetDateTimeOffset(), TimeSpan.FromMilliseconds(1));
        Assert.Equal((person.Account, true, "Người khai"), (named.GetProperty("signers")[0].GetProperty("accountId").GetGuid(),
            named.GetProperty("myTurn").GetBoolean(), named.GetProperty("signers")[0].GetProperty("role").GetString()));
        var kept = await fixture.SessionAsync(named.GetProperty("id").GetGuid());
        Assert.Equal((person.Account.ToString(), person.Account, null), (kept.CreatedBy, kept.CreatorAccount, kept.UnitCode));
    }

    [Theory]
    [InlineData("purpose")]
    [InlineData("subject")]
    [InlineData("role")]
    public async Task A_character_that_is_none_is_refused_and_is_no_fault_of_the_service(string field) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(fixture.Person(), field, "Nộp\0tờ khai")).Status);
}
