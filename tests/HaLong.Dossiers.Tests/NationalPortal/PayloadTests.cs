using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using HaLong.Dossiers.Contracts;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Domain.Lifecycle;
using HaLong.Dossiers.NationalPortal.Payloads;
using HaLong.Dossiers.Tests.Deadlines;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Tests.NationalPortal;

/// <summary>What the portal is told, word by word.</summary>
public sealed class PayloadTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly PayloadMaker maker = new(Options.Create(new DossierOptions { PublicUrl = "https://dichvucong.test/" }));

    [Fact]
    public void A_dossier_is_told_as_in_the_golden_file_byte_by_byte() => Assert.Equal(Golden("portal-dossier.json"),
        Encoding.UTF8.GetString(maker.Dossier(Picture())));

    [Fact]
    public void A_step_is_told_as_in_the_golden_file()
    {
        var picture = Picture();
        var step = picture.Timeline[^1];
        Assert.Equal(Golden("portal-progress.json").Replace("Đã tiếp nhận hồ sơ", step.NoteVi, StringComparison.Ordinal),
            Encoding.UTF8.GetString(PayloadMaker.Step(picture, step)));
    }

    [Fact]
    public void A_state_alone_has_its_moment() =>
        Assert.Equal("""{"MaHoSo":"000.00.01.H49-251006-0001","TrangThai":"2","ThoiDiem":"2025-10-06T11:00:00+07:00"}""",
            Encoding.UTF8.GetString(PayloadMaker.Status(Picture())));

    [Fact]
    public void The_same_dossier_has_the_same_hash_and_another_content_another()
    {
        Assert.Equal(PayloadMaker.HashOf(maker.Dossier(Picture())), PayloadMaker.HashOf(maker.Dossier(Picture())));
        Assert.NotEqual(PayloadMaker.HashOf(maker.Dossier(Picture())), PayloadMaker.HashOf(maker.Dossier(Picture(subject: "Khác"))));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", PayloadMaker.HashOf([]));
    }

    [Theory]
    [InlineData(null, "2")]
    [InlineData(SubmitterRelation.Owner, "1")]
    [InlineData(SubmitterRelation.Authorised, "1")]
    [InlineData(SubmitterRelation.Post, "3")]
    public void The_channel_follows_the_code_list(string? relation, string code)
    {
        var picture = Picture();
        if (relation is not null)
            picture.Dossier.EnteredAtCounter(new CounterFiling(Guid.Empty, "06688", "Ai đó", relation, null, []));
        Assert.Equal(code, Field(picture, "KenhThucHien"));
    }

    [Theory]
    [InlineData("portal", "1")]
    [InlineData("a-bank", "2")]
    [InlineData("cash", "0")]
    [InlineData(null, "2")]
    public void How_it_was_paid_follows_the_code_list(string? provider, string code)
    {
        var picture = Picture();
        Assert.Equal("0", Field(picture, "DuocThanhToanTrucTuyen"));
        Assert.True(picture.Dossier.RecordPayment(Id("91"), 150_000, ClockSamples.At("2025-10-07T09:00"), provider));
        Assert.Equal(code, Field(picture, "DuocThanhToanTrucTuyen"));
    }

    [Theory]
    [InlineData(1, "0")]
    [InlineData(2, "1")]
    public void Who_was_vouched_for_is_told_where_it_is_known(int assurance, string code)
    {
        var picture = Picture();
        Assert.Null(JsonNode.Parse(maker.Dossier(picture))!["TaiKhoanDuocXacThucVoiVNeID"]);
        picture.Dossier.IdentifiedBy(assurance);
        Assert.Equal(code, Field(picture, "TaiKhoanDuocXacThucVoiVNeID"));
    }

    [Fact]
    public void Numbers_addresses_and_names_of_officials_are_not_told()
    {
        var picture = Picture("""{"soDinhDanh":"001099000001","diaChi":"Số 1 Hạ Long"}""");
        var whole = Encoding.UTF8.GetString(maker.Dossier(picture)) + string.Concat(picture.Timeline.Select(t => Encoding.UTF8.GetString(PayloadMaker.Step(picture,
            t))));
        Assert.DoesNotContain("001099000001", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("Số 1 Hạ Long", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("Cán Bộ Một", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void A_replaced_result_is_not_among_the_results()
    {
        var picture = Picture();
        picture.Documents.Single(d => d.Kind == DocumentKind.Result).Replace(Guid.CreateVersion7(), "Sai tên", TimeProvider.System.GetUtcNow());
        Assert.Equal("[]", JsonNode.Parse(maker.Dossier(picture))!["DanhSachGiayToKetQua"]!.ToJsonString());
    }

    private string Field(DossierPicture picture, string name) => JsonNode.Parse(maker.Dossier(picture))![name]!.GetValue<string>();

    private static string Golden(string file)
    {
        using var stream = typeof(PayloadTests).Assembly.GetManifestResourceStream($"Data.{file}")!;
        return JsonNode.Parse(stream)!.ToJsonString(Relaxed);
    }

    private static DossierPicture Picture(string data = """{"dienThoai":"0912345678","email":"dan@example.vn"}""", string subject = "Cấp giấy lần đầu")
    {
        var (filed, accepted) = (ClockSamples.At("2025-10-06T10:00"), ClockSamples.At("2025-10-06T11:00"));
        var procedure = new Procedure
        {
            Id = Id("d1"),
            Code = "1.013978",
            NameVi = "Đăng ký đất đai lần đầu",
            NameEn = "First registration",
            Field = "LAND",
            Level = "commune",
            Content = "{}",
            ContentHash = "",
        };
        List<FeeItem> fees = [new FeeItem("phi", "Phí thẩm định", 150_000, true)];
        var owner = Id("e1");
        var dossier = Dossier.Open(
            Id("01"), procedure, new DossierUnit("06652", "Phường Hà Tu", "Ha Tu Ward"), new Applicant(owner, "Nguyễn Văn Thử", "0001", owner, "online"),
                subject, data, fees, filed);
        Assert.True(dossier.Submit("000.00.01.H49-251006-0001", procedure, fees, new Actor(owner, Roles.Citizen, null, "Nguyễn Văn Thử"), filed).IsSuccess);
        Assert.True(dossier.Accept(new Actor(Id("f1"), Roles.Reception, "06652", "Cán Bộ Một"), ClockSamples.At("2025-10-20T17:00"), false,
            accepted).IsSuccess);
        var document = new DossierDocument
        {
            Id = Id("a1"),
            DossierId = dossier.Id,
            Kind = DocumentKind.Component,
            Component = 1,
            FileName = "don.pdf",
            MediaType = "application/pdf",
            Sha256 = "aa",
            Origin = DocumentOrigin.FromStore,
            CreatedAt = filed,
        };
        var result = new DossierDocument
        {
            Id = Id("c1"),
            DossierId = dossier.Id,
            Kind = DocumentKind.Result,
            FileName = "ket-qua.pdf",
            MediaType = "application/pdf",
            Sha256 = "bb",
            CreatedAt = accepted,
        };
        var supplement = new SupplementRequest
        {
            Id = Id("b1"),
            DossierId = dossier.Id,
            Stage = SupplementStage.Reception,
            Number = 1,
            Items = [new SupplementItem(1, null, "Đơn", "Thiếu chữ ký")],
            RequestedAt = ClockSamples.At("2025-10-06T10:30"),
            Deadline = ClockSamples.At("2025-10-13T17:00"),
        };
        return new DossierPicture(dossier, "LAND", dossier.TakeChanges().Steps, [document, result], [supplement], []);
    }

    private static Guid Id(string end) => Guid.Parse($"00000000-0000-0000-0000-0000000000{end}");
}
