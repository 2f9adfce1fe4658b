using DeepGpu.Generate;

// dotnet run --project eng/Generate            writes what the compiler needs a second time from what is declared once
// dotnet run --project eng/Generate -- --check fails where that was forgotten
if (args is not ([] or ["--check"]))
{
    Console.Error.WriteLine("Usage: Generate [--check]");
    return 2;
}

var root = Repository.Root();
var files = GeneratedFiles.All(SourceCode.Compile(root));
return args is [] ? Repository.Write(root, files) : Repository.Check(root, files);
