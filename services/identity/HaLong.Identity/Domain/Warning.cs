using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

/// <summary>Something that looks wrong and may be right: shown to the person, never a reason to turn anybody away.</summary>
/// <param name="Code">Stable word.</param>
/// <param name="Field">Which field of the request it is about.</param>
/// <param name="Vi">Vietnamese message.</param>
/// <param name="En">English message.</param>
internal sealed record Warning(string Code, string Field, string Vi, string En)
{
    public static readonly Warning UnknownProvince = new("UNKNOWN_PROVINCE_CODE", "personalNumber",
        "Ba số đầu không phải mã tỉnh, thành phố đã biết. Hãy kiểm tra lại số định danh.",
        "The first three digits are no province code that we know. Please check the personal number.");

    public static readonly Warning BirthYearMismatch = new("BIRTH_YEAR_MISMATCH", "birthDate",
        "Năm sinh không khớp với số định danh. Hãy kiểm tra lại.",
        "The year of birth does not agree with the personal number. Please check it.");

    public static readonly Warning BirthYearInFuture = new("BIRTH_YEAR_IN_FUTURE", "personalNumber",
        "Theo số định danh, năm sinh ở tương lai. Hãy kiểm tra lại.",
        "According to the personal number the year of birth is in the future. Please check it.");

    public static readonly Warning SexMismatch = new("SEX_MISMATCH", "sex",
        "Giới tính không khớp với số định danh. Hãy kiểm tra lại.",
        "The sex does not agree with the personal number. Please check it.");

    public static readonly Warning Checksum = new("CHECKSUM", "taxCode",
        "Số kiểm tra của mã số thuế không khớp. Hãy kiểm tra lại.",
        "The check digit of the tax code does not agree. Please check it.");

    public static readonly Warning ChecksumNotIssuable = new("CHECKSUM_NOT_ISSUABLE", "taxCode",
        "Mã số thuế dạng này chưa từng được cấp. Hãy kiểm tra lại.",
        "No tax code like this is issued. Please check it.");

    public static readonly Warning PhoneConverted = new("PHONE_CONVERTED", "phone",
        "Số điện thoại đầu số cũ đã được đổi sang đầu số mới.",
        "The old telephone prefix was changed into the new one.");

    public WarningView View => new(Code, Field, Text.Bilingual(Vi, En));
}

/// <summary>A warning as answers carry it.</summary>
/// <param name="Code">Stable word.</param>
/// <param name="Field">Field of the request.</param>
/// <param name="Message">In the language of the request.</param>
internal sealed record WarningView(string Code, string Field, string Message);
