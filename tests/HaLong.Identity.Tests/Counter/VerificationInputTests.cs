using HaLong.Identity.Counter;
using HaLong.Identity.Domain;

namespace HaLong.Identity.Tests.Counter;

public sealed class VerificationInputTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly PersonalNumber Number = PersonalNumber.TryParse("022085000123")!;
    private static readonly PhoneNumber OnFile = PhoneNumber.TryParse("0912345678")!;

    private static readonly VerificationInput Good = new(
        "identityCard", "022085000123", " Nguyễn  Thị Hạnh ", "1985-04-12", "2030-01-01", "+84 912 345 678", true, true, null, " thẻ mới ");

    private static string[] FieldsOf(VerificationInput input, PersonalNumber? known = null, PhoneNumber? phone = null) =>
        [.. input.Check(known ?? Number, phone ?? OnFile, Today).Error.FieldMessages.Select(m => m.Field).Order()];

    [Fact]
    public void What_the_document_says_is_brought_into_one_form_and_not_printed()
    {
        var person = Good.Check(Number, OnFile, Today).Value;

        Assert.Equal(("identityCard", Number, "Nguyễn Thị Hạnh", new DateOnly(1985, 4, 12), (PhoneNumber?)null, "thẻ mới"),
            (person.DocumentKind, person.Number, person.Name, person.BirthDate, person.NewPhone, person.Note));
        Assert.Equal("identityCard", person.ToString());
    }

    [Fact]
    public void All_defects_are_told_at_once()
    {
        var bad = new VerificationInput("driverLicence", "022085000124", "1", "tomorrow", "2026-11-22", "0987654321", false, null, null, new string('x', 501));

        var error = bad.Check(Number, OnFile, Today).Error;

        Assert.Equal(VerificationErrors.Invalid.Code, error.Code);
        Assert.Equal(["birthDate", "documentKind", "documentSeen", "expiresOn", "faceCompared", "fullName", "note", "personalNumber", "phone"],
            error.FieldMessages.Select(m => m.Field).Order());
        Assert.DoesNotContain(error.FieldMessages, m => m.En.Contains("022085000123", StringComparison.Ordinal) || m.Vi.Contains("0912345678", StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_form_is_told_what_it_needs() => Assert.Equal(
        ["birthDate", "documentKind", "documentSeen", "faceCompared", "fullName", "personalNumber", "phone"],
        FieldsOf(new VerificationInput(null, null, null, null, null, null, null, null, null, null)));

    [Theory]
    [InlineData("2026-11-23", true)]
    [InlineData("2026-11-22", false)]
    [InlineData("23/11/2027", false)]
    [InlineData(null, true)]
    public void A_document_is_good_to_the_end_of_its_last_day(string? expires, bool good) =>
        Assert.Equal(good, (Good with { ExpiresOn = expires }).Check(Number, OnFile, Today).IsSuccess);

    [Fact]
    public void An_account_without_a_number_takes_that_of_the_document_and_one_without_a_telephone_needs_none()
    {
        Assert.Equal(Number, Good.Check(null, OnFile, Today).Value.Number);
        Assert.Null((Good with { Phone = null }).Check(Number, null, Today).Value.NewPhone);
    }

    [Fact]
    public void An_account_that_a_stranger_opened_is_taken_over_with_the_owners_mobile_number_only()
    {
        var other = Good with { Phone = "0987654321", TakeOver = true };
        Assert.Equal("+84987654321", other.Check(Number, OnFile, Today).Value.NewPhone!.E164);
        Assert.Equal(["phone"], FieldsOf(other with { TakeOver = false }));
        Assert.Equal(["phone"], FieldsOf(other with { Phone = "0203 3825 123" }));
        Assert.Equal(["phone"], FieldsOf(other with { Phone = null }));
        // Where the telephone is the account's own there is nothing to withdraw.
        Assert.Null((Good with { TakeOver = true }).Check(Number, OnFile, Today).Value.NewPhone);
    }

    [Theory]
    [InlineData("Nguyễn Thị Hạnh", "N. T. Hạnh")]
    [InlineData("Hạnh", "Hạnh")]
    [InlineData("", "")]
    public void Names_found_by_a_search_are_shortened_to_initials(string name, string shown) => Assert.Equal(shown, SearchAccounts.Initials(name));
}
