using HaLong.ServiceDefaults;

namespace HaLong.Identity.Domain;

internal static partial class IdentityErrors
{
    public static readonly Error UnitNotFound = new(ErrorKind.NotFound, "IDN-0301",
        "Không tìm thấy đơn vị hành chính này.",
        "There is no such administrative unit.");

    public static readonly Error UnknownUnitGroup = new(ErrorKind.Validation, "IDN-0302",
        "Không có nhóm đơn vị hành chính này.",
        "There is no such group of units.");

    public static readonly Error MappingBackwards = new(ErrorKind.Validation, "IDN-0303",
        "Ngày cần tra phải từ ngày đơn vị được thành lập trở đi.",
        "The day to map to must not be before the unit's first day.");
}
