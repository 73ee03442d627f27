using HaLong.Identity.Domain;
using HaLong.Identity.Organisations;
using HaLong.ServiceDefaults;

namespace HaLong.Identity.Tests.Organisations;

public sealed class OrganisationInputTests
{
    private static readonly Guid Owner = Guid.CreateVersion7();
    private static readonly PersonalNumber Number = PersonalNumber.TryParse("022085000123")!;

    private static readonly OrganisationInput Good = new(
        "0100109106", "Công ty  Cổ phần   Thử", "Trial JSC", "THU", "Số 1 đường 25/4", "a@thu.example", "0123 456 7890", "06688");

    private static (Result<OrganisationDetails> Details, IReadOnlyList<Warning> Warnings) Check(OrganisationInput input) => input.Check(Owner, Number);

    [Fact]
    public void What_is_typed_is_brought_into_one_form()
    {
        var (details, warnings) = Check(Good);

        Assert.Equal(
            new OrganisationDetails("0100109106", "0100109106", "Công ty Cổ phần Thử", "Trial JSC", "THU", "Số 1 đường 25/4", "a@thu.example", "+84834567890"), details.Value);
        Assert.Equal(["PHONE_CONVERTED"], warnings.Select(w => w.Code));
    }

    [Theory]
    [InlineData("0301450087", "CHECKSUM")]
    [InlineData("0100109106-001", null)]
    [InlineData("0100109106", null)]
    public void A_check_digit_only_warns_and_a_dependent_unit_has_a_code_of_its_own(string code, string? warning)
    {
        var (details, warnings) = Check(Good with { TaxCode = code, Phone = null });

        Assert.Equal((code, code), (details.Value.CodeKey, details.Value.TaxCode));
        Assert.Equal(warning is null ? [] : [warning], warnings.Select(w => w.Code));
    }

    [Fact]
    public void A_household_business_is_known_by_its_owner_and_the_number_is_not_kept_a_second_time()
    {
        var details = Check(Good with { TaxCode = Number.Value }).Details.Value;

        Assert.Null(details.TaxCode);
        Assert.Equal($"household:{Owner:N}", details.CodeKey);
        Assert.DoesNotContain(Number.Value, details.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("022085000124")]
    [InlineData("0100109106-000")]
    [InlineData("010010910")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData(null)]
    public void A_code_of_another_form_or_another_persons_number_is_refused(string? code) =>
        Assert.Equal(["taxCode"], Check(Good with { TaxCode = code }).Details.Error.FieldMessages.Select(m => m.Field));

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once()
    {
        var long_ = new string('x', 400);
        var error = Check(new OrganisationInput(null, "x", long_, long_, "x", "nowhere", "12", "06688")).Details.Error;

        Assert.Equal(OrganisationErrors.Invalid.Code, error.Code);
        Assert.Equal(["address", "email", "foreignName", "name", "phone", "shortName", "taxCode"], error.FieldMessages.Select(m => m.Field).Order());
    }

    [Fact]
    public void One_way_to_reach_the_organisation_is_needed()
    {
        Assert.Equal(["phone"], Check(Good with { Phone = null, Email = " " }).Details.Error.FieldMessages.Select(m => m.Field));
        Assert.True(Check(Good with { Phone = null }).Details.IsSuccess);
        Assert.True(Check(Good with { Email = null }).Details.IsSuccess);
    }

    [Fact]
    public void A_certificate_has_a_number_and_a_day_that_has_come()
    {
        var today = new DateOnly(2026, 11, 23);
        var seen = new CertificateInput(" 123/GCN ", today, "LT 1", new string('A', 64)).Check(today);
        Assert.Equal(("123/GCN", today, "LT 1", 32), (seen.Value.Number, seen.Value.Date, seen.Value.ScanReference, seen.Value.ScanSha256!.Length));
        Assert.True(new CertificateInput("123", today, null, null).Check(today).IsSuccess);

        var error = new CertificateInput("1", today.AddDays(1), new string('x', 101), "zz").Check(today).Error;
        Assert.Equal(OrganisationErrors.DecisionInvalid.Code, error.Code);
        Assert.Equal(["certificateDate", "certificateNumber", "scanReference", "scanSha256"], error.FieldMessages.Select(m => m.Field).Order());
        Assert.Equal(["certificateDate", "certificateNumber"], new CertificateInput(null, null, null, null).Check(today).Error.FieldMessages.Select(m => m.Field).Order());
    }
}
